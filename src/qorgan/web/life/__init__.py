"""Law in life: acts, what they oblige someone to do, the money by year, and what was reported of it."""
