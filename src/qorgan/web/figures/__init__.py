"""The pages of the public inside the shell of staff."""
