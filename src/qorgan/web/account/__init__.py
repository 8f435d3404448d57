"""Signing in and out, the mandate one acts in, protection of the sign-in."""
