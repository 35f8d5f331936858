"""The portal's content for other programs: JSON, its schema, tables, and a description for data portals."""
