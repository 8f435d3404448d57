"""The web door, from the first page to the answer that she reads."""
