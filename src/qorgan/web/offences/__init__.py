"""Offences: the register of a district, one offence with its history, and the forms that change it."""
