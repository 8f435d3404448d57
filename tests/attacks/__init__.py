"""Attacks: each test is named by what the attacker wants, and shows what stops it (docs/reference/attacks.md)."""
