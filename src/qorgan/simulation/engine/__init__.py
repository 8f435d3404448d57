"""Pure parts of the simulation: what is planned, and what the ledger counts. No Django, no database."""
