"""Django's name for the room."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """The room `duties`."""

    name = "qorgan.duties"
