"""The pure part of claims: the grammar of figures and the arithmetic of statements."""
