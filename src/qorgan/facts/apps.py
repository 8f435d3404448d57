"""Django's name for the room."""

from django.apps import AppConfig


class FactsConfig(AppConfig):
    """The room `facts`."""

    name = "qorgan.facts"
