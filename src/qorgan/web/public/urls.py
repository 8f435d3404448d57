"""Addresses of the figures: mounted at `/` for the public, at `/figures/` for staff."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path

from qorgan.web.public import missing, views

View = Callable[..., HttpResponse]
app_name = "public"


def addresses(guard: Callable[[View], Any] = lambda view: view, *, front: str = "") -> list[URLPattern]:
    """The addresses, each view behind `guard`. Where the first page is another one, `front` is that of the figures."""
    release = "releases/<slug:number>/"
    return [
        path(front, guard(views.index), name="front" if front else "index"),
        path("definitions/", guard(views.definitions), name="definitions"),
        path("verify/", guard(views.verify), name="verify"),
        path("releases/", guard(views.history), name="history"),
        path(release, guard(views.release), name="release"),
        path(f"{release}box.zip", guard(views.box), name="box"),
        path(f"{release}files/<path:name>", guard(views.file), name="file"),
        path(f"{release}<slug:code>/", guard(views.figure), name="figure"),
    ]


urlpatterns = [*addresses(), path("missing/<slug:token>/", missing.page, name="missing")]
