"""Django's name for the room."""

from django.apps import AppConfig


class RiskConfig(AppConfig):
    """The room `risk`."""

    name = "qorgan.risk"
