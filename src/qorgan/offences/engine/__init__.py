"""The dated articles of the codes, read from data: no database."""
