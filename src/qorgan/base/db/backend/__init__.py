"""The database backend: Django's own for PostgreSQL, which tells the server who is acting."""
