"""Every address of every process, asked as everyone."""
