"""Synthetic years, made through the real actions, with a ledger of their own to check every figure against."""
