"""Feeds, as Atom and as JSON Feed: what is new in the portal or a part of it, and what happens to an idea."""
