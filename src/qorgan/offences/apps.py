"""Django's name for the room."""

from django.apps import AppConfig


class OffencesConfig(AppConfig):
    """The room `offences`."""

    name = "qorgan.offences"
