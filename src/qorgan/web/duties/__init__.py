"""Today's duties: late, today, without a term, done; and one duty with its provision."""
