"""Addresses of the web door's process."""

from django.urls import URLPattern, URLResolver, include, path

from qorgan.config.urls import shell
from qorgan.config.urls.shell import handler400, handler403, handler404

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

handler500 = "qorgan.web.door.views.broken"

# Its own choice of language, which leaves with the browser's window.
_SHELL = [one for one in shell.urlpatterns if getattr(one, "name", "") != "language"]

urlpatterns: list[URLPattern | URLResolver] = [*_SHELL, path("", include("qorgan.web.door.urls"))]
