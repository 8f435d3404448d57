"""What the public reads: the newest release, its figures and definitions, the history, how to check it."""
