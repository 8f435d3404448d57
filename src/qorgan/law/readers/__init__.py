"""The law as the country's folder holds it."""
