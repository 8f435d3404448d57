"""A pytest plugin, loaded first: the suite's own home, so that no test touches a deployment of this machine."""

import atexit
import os
import shutil
import tempfile

if "QORGAN_TEST_HOME" in os.environ:
    os.environ["QORGAN_HOME"] = os.environ["QORGAN_TEST_HOME"]
else:
    _home = tempfile.mkdtemp(prefix="qorgan-test-")
    os.environ["QORGAN_HOME"] = _home
    atexit.register(shutil.rmtree, _home, ignore_errors=True)
if os.environ.get("QORGAN_TEST_SERVER") != "1":
    # The suite empties tables: it never touches the servers that a developer's environment happens to name.
    for _url in ("DATABASE_URL", "KEYS_URL"):
        os.environ.pop(_url, None)
os.environ["QORGAN_DEMO"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in the thread of the tests
