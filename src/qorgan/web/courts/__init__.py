"""Court cases: a clerk's day, a prosecutor's day, the list, one court case and its acts from receipt to force."""
