"""The WSGI application of the process that `QORGAN_PROCESS` names."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"qorgan.config.settings.{os.environ.get('QORGAN_PROCESS', 'staff')}")

application = get_wsgi_application()
