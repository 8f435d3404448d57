"""Pure parts of releases: disclosure control, sentences, the box. No Django, no database."""
