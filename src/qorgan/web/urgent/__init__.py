"""Opening a record by its number in an emergency."""
