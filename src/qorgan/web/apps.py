"""Django's name for the room."""

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_delete

from qorgan.base.processes import Process


class WebConfig(AppConfig):
    """The room `web`."""

    name = "qorgan.web"

    def ready(self) -> None:
        """Hear when a session ends, in the process whose pages give passes."""
        if settings.PROCESS == Process.STAFF:
            from qorgan.agencies.models import Session
            from qorgan.web.account import passes

            post_delete.connect(passes.note_ended, sender=Session, dispatch_uid="passes")
