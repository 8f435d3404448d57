"""PostgreSQL as the house uses it: the scope at every BEGIN, rights and row-level security from the models."""
