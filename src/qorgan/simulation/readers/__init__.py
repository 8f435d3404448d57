"""What the simulation reads of the country's folder."""
