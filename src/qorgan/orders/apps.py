"""Django's name for the room."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    """The room `orders`."""

    name = "qorgan.orders"
