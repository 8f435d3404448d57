"""Golden cases: one set of facts, three days of the law, answers worked out by hand."""
