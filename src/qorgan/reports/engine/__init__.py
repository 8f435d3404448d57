"""What a row of a duty desk's file says, worked out from its cells. Pure: no files, no database, no settings."""
