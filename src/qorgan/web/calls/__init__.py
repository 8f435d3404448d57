"""The call screen: a contact is taken, said what it is with one key, told, and becomes a report."""
