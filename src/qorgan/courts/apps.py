"""Django's name for the room."""

from django.apps import AppConfig


class CourtsConfig(AppConfig):
    """The room `courts`."""

    name = "qorgan.courts"
