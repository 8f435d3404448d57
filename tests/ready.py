"""A place of the demonstration made ready once a run, and copied for every module that wants one of its own.

Making one takes ten times as long as copying it. The places where tests ask how one is made are made anew.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qorgan.base import postgres
from qorgan.cli.demo import PASSWORD
from tests.deployment import careless

LEFT = ("run", "keeper.json", "keeper.lock", "clients.lock", "start.lock", "site.json")  # of a server that ran


@contextmanager
def ready() -> Iterator[Path]:
    """The home of a place with its tables and the invented staff, and no record; erased at the end."""
    shelf = Path(tempfile.mkdtemp(prefix="qorgan-place-")).resolve()
    shelf.chmod(0o711)  # the server of the superuser runs as another user
    home = shelf / "home"
    try:
        subprocess.run(["cp", "-a", str(_template()), str(home)], check=True)
        yield home
    finally:
        postgres.release(home)
        postgres.erase(home)
        shutil.rmtree(shelf, ignore_errors=True)


def _template() -> Path:
    """The place that is copied: one for the workers of a run, made by whoever asks first."""
    shelf = Path(os.environ["QORGAN_TEST_READY"])
    home = shelf / "home"
    with (shelf / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shelf / "made").exists():
            _make(home)
            (shelf / "made").touch()
    return home


def _make(home: Path) -> None:
    home.mkdir(mode=0o711)
    (home / "demo").touch()
    careless(home)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QORGAN_", "DJANGO_"))}
    command = [sys.executable, "-m", "qorgan.cli.main", "story", "begin", "--password", PASSWORD]
    made = subprocess.run(command, env=kept | {"QORGAN_HOME": str(home)}, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    postgres.stop(home)
    for name in LEFT:
        path = home / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
