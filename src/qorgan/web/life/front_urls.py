"""Addresses of the law in life for the public."""

from qorgan.web.life.urls import addresses

app_name = "life"
urlpatterns = addresses()
