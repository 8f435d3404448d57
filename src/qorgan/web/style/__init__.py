"""The visual language on one page, in a demonstration only."""
