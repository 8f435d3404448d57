"""Cases: the list, and one case with its orders, people, accounts, course and those who can see it."""
