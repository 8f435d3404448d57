"""The law as pure functions: a book of dated provisions, a clock, and rules that weigh several facts."""
