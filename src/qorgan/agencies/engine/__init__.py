"""Pure parts of organisations and mandates."""
