"""Django's name for the room."""

from django.apps import AppConfig


class LawConfig(AppConfig):
    """The room `law`."""

    name = "qorgan.law"
