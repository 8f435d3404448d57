"""Risk: instruments, assessments, lower results by two people."""
