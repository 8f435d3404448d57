"""Reports: the list, one report as it was received, a new one, a desk's file."""
