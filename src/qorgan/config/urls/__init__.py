"""Addresses, one module per kind of web process."""
