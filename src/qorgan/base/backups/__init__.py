"""Backups of the built-in servers: sealed files of each cluster, and the WAL that was written since.

Data and keys go into folders apart. Everything is sealed to a public key whose private half lies elsewhere.
"""
