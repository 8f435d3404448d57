"""Django's name for the room."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """The room `agencies`."""

    name = "qorgan.agencies"
