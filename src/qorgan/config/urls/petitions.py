"""Addresses of the petitions process."""

from django.urls import URLPattern, URLResolver, path

from qorgan.config.urls import shell
from qorgan.config.urls.shell import handler400, handler403, handler404, handler500
from qorgan.web.petitions import views

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns: list[URLPattern | URLResolver] = [*shell.urlpatterns, path("", views.index, name="petitions")]
