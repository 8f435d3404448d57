"""What a backup says when it cannot go on: always one sentence a person can act on."""


class BackupRefused(RuntimeError):
    """A backup cannot be taken, restored or verified; the text says why and what to do."""


class Damaged(BackupRefused):
    """A file of a backup is not as it was written."""
