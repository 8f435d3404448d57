"""Django's name for the room."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    """The room `base`."""

    name = "qorgan.base"

    def ready(self) -> None:
        """Rows that belong to a place are read where they are asked for: told to every model once all are there."""
        from qorgan.base.db import sight

        sight.install()
