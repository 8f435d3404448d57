"""Django's name for the room."""

from django.apps import AppConfig


class MissingConfig(AppConfig):
    """The room `missing`."""

    name = "qorgan.missing"
