"""Statements by others, checked by arithmetic."""
