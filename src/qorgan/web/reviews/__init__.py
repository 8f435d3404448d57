"""Weighing suspicions against colleagues: blocks, files opened in an emergency or by two people, unusual looks."""
