"""What proves a destruction, checked without a database."""
