"""PostgreSQL out of a wheel: `ensure()` and there are two servers, with no process left once nobody uses them.

Used only where DATABASE_URL names no server. Every home has two clusters, `data` and `keys`, reached by sockets.
"""

from qorgan.base.postgres.errors import LauncherRefused
from qorgan.base.postgres.home import home
from qorgan.base.postgres.launcher import (
    Address,
    Server,
    ensure,
    erase,
    release,
    revive,
    stop,
)
from qorgan.base.postgres.passwords import logins, password
from qorgan.base.postgres.status import ClusterStatus, Status, is_made, status

__all__ = [
    "Address",
    "ClusterStatus",
    "LauncherRefused",
    "Server",
    "Status",
    "ensure",
    "erase",
    "home",
    "is_made",
    "logins",
    "password",
    "release",
    "revive",
    "status",
    "stop",
]
