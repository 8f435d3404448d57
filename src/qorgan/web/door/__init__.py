"""The web door: a report without an account, and a way back by a code. Neutral pages; nothing of it stays here."""
