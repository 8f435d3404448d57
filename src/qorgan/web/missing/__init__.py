"""Pages of missing children."""
