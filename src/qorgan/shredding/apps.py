"""Django's name for the room."""

from django.apps import AppConfig


class ShreddingConfig(AppConfig):
    """The room `shredding`."""

    name = "qorgan.shredding"
