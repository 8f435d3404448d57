"""What was referred to an agency: the card, without a name, until it says yes; the answer; what it was told to stop."""
