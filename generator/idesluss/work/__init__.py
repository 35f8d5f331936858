"""The work with ideas: what a coach does with one, what its gates still ask for, and what waits on the desk."""
