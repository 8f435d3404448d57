"""Django's name for the room."""

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    """The room `releases`."""

    name = "qorgan.releases"
