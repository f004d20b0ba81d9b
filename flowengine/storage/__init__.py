"""The store on a database: SQLAlchemy Core tables and explicit statements. Rows in, values out."""
