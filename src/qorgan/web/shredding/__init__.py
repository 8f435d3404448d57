"""Destroying a record: asked by one person, confirmed by another, proven by a certificate."""
