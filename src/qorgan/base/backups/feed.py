"""Feeding a recovering server its WAL, one segment at a time: opened on demand, and gone once it was read.

The server's account can run nothing of ours and may not hold the private key, so its shell asks by a file and waits.
"""

import shlex
import shutil
import threading
from collections.abc import Callable
from types import TracebackType

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from qorgan.base.backups import sealed
from qorgan.base.backups.errors import BackupRefused
from qorgan.base.backups.shelf import Shelf
from qorgan.base.postgres.cluster import Cluster

# 200: a status above 125 stops the recovery. A silence must not be taken for the end of the archive.
_ASK = """\
here=$(dirname "$0")
: > "$here/$1.wanted"
tries=0
while [ "$tries" -lt 3000 ]; do
  if [ -e "$here/$1" ]; then mv "$here/$1" "$2" && exit 0; exit 200; fi
  if [ -e "$here/$1.absent" ]; then rm "$here/$1.absent"; exit 1; fi
  tries=$((tries + 1))
  sleep 0.02
done
exit 200
"""


class Feeder:
    """Answers one recovering server until the block ends. `failure` is why it could not."""

    def __init__(
        self, cluster: Cluster, shelf: Shelf, line: str, key: X25519PrivateKey, *, fed: Callable[[str], None]
    ) -> None:
        self.failure: Exception | None = None
        self._cluster, self._shelf, self._line, self._key, self._fed = cluster, shelf, line, key, fed
        self._folder = cluster.site.ground / "feed" / cluster.name
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._feed, name=f"feed-{cluster.name}", daemon=True)

    @property
    def command(self) -> str:
        """The restore_command, in which % has a meaning of its own."""
        script = shlex.quote(str(self._folder / "ask")).replace("%", "%%")
        return f'/bin/sh {script} %f "%p"'

    def __enter__(self) -> "Feeder":
        account = self._cluster.site.account
        self._folder.mkdir(parents=True)
        self._folder.parent.chmod(0o711)
        account.give(self._folder, 0o700)
        (self._folder / "ask").write_text(_ASK, encoding="ascii")
        account.give(self._folder / "ask", 0o600)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _feed(self) -> None:
        while not self._over.wait(0.01):
            for question in self._folder.glob("*.wanted"):
                try:
                    self._answer(question.name.removesuffix(".wanted"))
                except (BackupRefused, OSError) as failure:
                    self.failure = failure  # left unanswered, the server gives up by itself
                    return
                question.unlink()

    def _answer(self, name: str) -> None:
        path, account = self._shelf.sealed_wal(self._line, name), self._cluster.site.account
        if not path.exists():
            absent = self._folder / f"{name}.absent"
            absent.touch()
            account.give(absent, 0o600)
            return
        part = self._folder / f"{name}.part"
        with sealed.reading(path, self._key) as source, part.open("wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
        account.give(part, 0o600)
        part.rename(self._folder / name)
        self._fed(name)
