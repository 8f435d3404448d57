"""Who may do what with releases. Reading one needs no permission: it is public."""

from qorgan.base.scope import check_may

BUILD = "releases.release.build"

__all__ = ["BUILD", "check_may"]
