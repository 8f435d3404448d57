"""The staff process with the roads of `bench.server`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "qorgan.config.settings.staff"
os.environ["QORGAN_PROCESS"] = "staff"
application = get_wsgi_application()

import bench.server  # noqa: E402, F401 - its roads need Django made ready first
