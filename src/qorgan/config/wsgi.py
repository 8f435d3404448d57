"""The WSGI application of the process that `QORGAN_PROCESS` names, and beside it what carries its spool in."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"qorgan.config.settings.{os.environ.get('QORGAN_PROCESS', 'staff')}")

gc.disable()  # nothing that is loaded here may go
application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)


def _carry_in() -> None:
    """Reserve the spool of a process that accepts reports, and carry in what waits there."""
    from qorgan.base import clock
    from qorgan.base.scope import Actor
    from qorgan.base.spool import carrier, here
    from qorgan.reports import actions

    by = Actor(name="spool")
    carrier.begin(here(), lambda record: actions.carry(record=record, by=by, now=clock.now()))


if os.environ.get("QORGAN_PROCESS") in ("staff", "door"):  # as `qorgan serve` starts them
    _carry_in()
# All of this lives as long as the process: looking through it for what may go held up a page for 0.15 s now and then.
gc.freeze()
gc.enable()
