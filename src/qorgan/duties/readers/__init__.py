"""Reads what the country says of duties."""
