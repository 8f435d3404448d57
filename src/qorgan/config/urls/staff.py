"""Addresses of the staff process."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from qorgan.api.routes import api
from qorgan.config.urls import shell
from qorgan.config.urls.shell import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

_AREAS = {
    "": "duties",
    "calls/": "calls",
    "reports/": "reports",
    "cases/": "cases",
    "risk/": "risk",
    "missing/": "missing",
    "offences/": "offences",
    "orders/": "orders",
    "courts/": "courts",
    "law/life/": "life",  # before the rules, whose keys stand in the same place
    "law/": "law",
    "figures/": "figures",
    "statements/": "statements",
    "entrusted/": "entrusted",
    "urgent/": "urgent",
    "reviews/": "reviews",
    "kin/": "kin",
    "people/": "people",
    "shredding/": "shredding",
    "staff/": "staff",
    "referrals/": "referrals",
}

urlpatterns: list[URLPattern | URLResolver] = [
    *shell.urlpatterns,
    path("", include("qorgan.web.account.urls")),
    path("api/", api.urls),
    *(path(prefix, include(f"qorgan.web.{area}.urls", namespace=area)) for prefix, area in _AREAS.items()),
]

if settings.DEMO:
    urlpatterns.append(path("style/", include("qorgan.web.style.urls")))
