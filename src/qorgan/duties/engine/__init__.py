"""The rules of escalation as a table: no database, no clock."""
