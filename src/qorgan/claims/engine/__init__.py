"""Pure parts: what a statement says in figures, and whether it can be true. No Django, no database."""
