"""A key per person and per case, kept apart from what it opens. Destroying a key shreds what it sealed."""
