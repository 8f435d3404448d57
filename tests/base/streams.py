"""Addresses of a test: pages that answer piece by piece, after their view has returned."""

from collections.abc import Iterator

from django.db import transaction
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import path

from qorgan.config.urls.staff import handler400, handler403, handler404, handler500
from qorgan.reports.models import Report

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def _numbers() -> Iterator[str]:
    for number in Report.objects.values_list("number", flat=True):
        yield f"{number}\n"


def _numbers_in_a_transaction() -> Iterator[str]:
    with transaction.atomic():
        yield from _numbers()


@transaction.non_atomic_requests
def bare(request: HttpRequest) -> StreamingHttpResponse:
    """An export whose author forgot its transaction."""
    return StreamingHttpResponse(_numbers())


@transaction.non_atomic_requests
def guarded(request: HttpRequest) -> StreamingHttpResponse:
    """The same, done right."""
    return StreamingHttpResponse(_numbers_in_a_transaction())


urlpatterns = [path("bare", bare), path("guarded", guarded)]
