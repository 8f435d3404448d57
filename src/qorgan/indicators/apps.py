"""Django's name for the room."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """The room `indicators`."""

    name = "qorgan.indicators"
