"""What the first signal prints."""
