"""Django's name for the room."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """The room `messages`."""

    name = "qorgan.messages"
    label = "outgoing"  # Django has an app called messages of its own
