"""Pure reckoning of the room."""
