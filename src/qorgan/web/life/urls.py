"""Addresses of the law in life for staff: what the public reads, and entering a report."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path

from qorgan.web.access import staff_page
from qorgan.web.life import entering, views

View = Callable[..., HttpResponse]
app_name = "life"


def addresses(guard: Callable[[View], Any] = lambda view: view) -> list[URLPattern]:
    """The addresses that everybody reads, each view behind `guard`."""
    return [
        path("", guard(views.index), name="index"),
        path("life.csv", guard(views.table), name="csv"),
        path("life.json", guard(views.plain), name="json"),
    ]


urlpatterns = [
    *addresses(staff_page()),
    path("<slug:key>/", entering.requirement, name="requirement"),
    path("<slug:key>/report/", entering.report, name="report"),
    path("reports/<uuid:entry_id>/withdraw/", entering.withdraw, name="withdraw"),
]
