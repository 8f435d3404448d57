"""Measurements: medians with their spread, CPU beside wall, and the machine they were taken on."""
