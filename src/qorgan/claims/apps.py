"""Django's name for the room."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """The room `claims`."""

    name = "qorgan.claims"
