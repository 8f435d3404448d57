"""Anyone's text, seen again with every figure underlined by its verdict: nothing is kept, no account is needed."""
