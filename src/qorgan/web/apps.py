"""Django's name for the room."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The room `web`."""

    name = "qorgan.web"
