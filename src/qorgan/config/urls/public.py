"""Addresses of the public process."""

from django.urls import URLPattern, URLResolver, include, path

from qorgan.api import claims
from qorgan.config.urls import shell
from qorgan.config.urls.shell import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns: list[URLPattern | URLResolver] = [
    *shell.urlpatterns,
    path("api/claims/", claims.urls),
    path("claims/", include("qorgan.web.claims.urls")),
    path("law/life/", include("qorgan.web.life.front_urls")),
    path("", include("qorgan.web.public.urls")),
]
