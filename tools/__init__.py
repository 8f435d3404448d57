"""Tools of whoever works on the house; nothing in src/ imports them."""
