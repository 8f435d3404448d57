"""Instruments of risk: their data, their closed rules, their result. Pure."""
