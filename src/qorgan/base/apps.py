"""Django's name for the room."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    """The room `base`."""

    name = "qorgan.base"
