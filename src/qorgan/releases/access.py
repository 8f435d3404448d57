"""Who may do what with releases. Reading a published one needs no permission: it is public."""

from qorgan.base.scope import check_may

BUILD = "releases.release.build"
CHECK = "releases.release.check"
PUBLISH = "releases.release.publish"
WITHDRAW = "releases.release.withdraw"
SEE_DRAFTS = "releases.draft.see"
ANNOUNCE = "releases.date.announce"

__all__ = ["ANNOUNCE", "BUILD", "CHECK", "PUBLISH", "SEE_DRAFTS", "WITHDRAW", "check_may"]
