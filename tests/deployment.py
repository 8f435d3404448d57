"""A pytest plugin, loaded first: the suite's own home, so that no test touches a deployment of this machine."""

import atexit
import gc
import os
import shutil
import tempfile
from pathlib import Path


def _erase(home: Path) -> None:
    """Stop the servers of the suite's home and remove it, also what lies outside it."""
    from qorgan.base import postgres

    postgres.erase(home)


def careless(home: Path) -> None:
    """Its servers will not wait for the disk. They lose nothing when they are killed, only when the machine falls."""
    for cluster in ("data", "keys"):
        settings = home / "conf" / cluster / "local.conf"
        settings.parent.mkdir(parents=True)
        settings.write_text("fsync = off\n", encoding="utf-8")
        settings.chmod(0o644)  # root's server runs as another user


gc.set_threshold(100_000, 20, 20)  # what is collected stays

if "QORGAN_TEST_HOME" in os.environ:
    os.environ["QORGAN_HOME"] = os.environ["QORGAN_TEST_HOME"]
else:
    _home = Path(tempfile.mkdtemp(prefix="qorgan-test-"))
    _home.chmod(0o711)  # so that root's server, which runs as another user, keeps its data here and not elsewhere
    careless(_home)
    os.environ["QORGAN_HOME"] = str(_home)
    atexit.register(_erase, _home)
if "PYTEST_XDIST_WORKER" not in os.environ:  # workers, who end at different times, find it and leave it
    _ready = Path(tempfile.mkdtemp(prefix="qorgan-ready-"))
    _ready.chmod(0o711)
    os.environ["QORGAN_TEST_READY"] = str(_ready)
    atexit.register(shutil.rmtree, _ready, ignore_errors=True)
if os.environ.get("QORGAN_TEST_SERVER") != "1":
    # The suite empties tables: it never touches the servers that a developer's environment happens to name.
    for _url in ("DATABASE_URL", "KEYS_URL"):
        os.environ.pop(_url, None)
os.environ["QORGAN_DEMO"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in the thread of the tests
