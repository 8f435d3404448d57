"""Settings of the suite: the staff process, signed in so that a test may step into the role of another process."""

from qorgan.base import deployment, postgres
from qorgan.base.processes import Process
from qorgan.config.settings.common import settings_for

globals().update(settings_for(Process.STAFF))

TESTER = "qorgan_tester"
LINKS_KEY = deployment.secret("links")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
_database = settings_for(Process.STAFF)["DATABASES"]["default"]
_database["USER"] = TESTER
_database["PASSWORD"] = postgres.password(TESTER, deployment.home())
_database["OPTIONS"] = {"options": "-c role=qorgan_staff"}
_database["TEST"] = {"NAME": _database["NAME"]}
DATABASES = {"default": _database}
