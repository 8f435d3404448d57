"""Settings of the migrator without any server: for checks that read models and never a database.

The home is a temporary folder and the databases are addresses where nobody listens, whatever the environment says.
"""

import atexit
import os
import shutil
import tempfile

_HOME = tempfile.mkdtemp(prefix="qorgan-offline-")
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)

os.environ["QORGAN_HOME"] = _HOME
os.environ["DATABASE_URL"] = "postgresql://nobody:nothing@127.0.0.1:1/nothing"
os.environ["KEYS_URL"] = "postgresql://nobody:nothing@127.0.0.1:1/nothing_keys"
os.environ.setdefault("QORGAN_COUNTRY", "kz")

from qorgan.base.processes import Process  # noqa: E402 - after the environment that it reads
from qorgan.config.settings.common import settings_for  # noqa: E402 - after the environment that it reads

globals().update(settings_for(Process.MIGRATOR))
