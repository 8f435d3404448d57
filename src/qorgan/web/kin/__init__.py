"""What a member of staff declares of herself and of those near her."""
