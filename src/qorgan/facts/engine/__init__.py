"""Pure parts of facts: pseudonyms, and which of the collected rows are news."""
