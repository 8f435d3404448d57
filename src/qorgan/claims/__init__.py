"""Statements by others: what they say in figures, and whether it can be so."""
