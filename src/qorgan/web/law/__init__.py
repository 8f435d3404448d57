"""The law on record: what is to be verified or not on record, and entering a value from a document."""
