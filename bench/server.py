"""A staff process with three roads beside its own: a bare insert, a stored report, and the report with rules and keys.

All four run under the same server, middleware and scope, so that what differs is what is measured.
"""

import json
import uuid

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from qorgan.agencies import queries as agencies
from qorgan.base import clock, journal
from qorgan.base.keys import vault
from qorgan.base.scope import acting
from qorgan.config.urls.staff import urlpatterns as staff

_FIELDS = ("narrative", "address", "name", "iin", "phone")
_held: dict[str, object] = {}


def _actor(request: HttpRequest) -> object:
    token = request.headers["Authorization"].removeprefix("Bearer ")
    key = agencies.key_by_token(token, now=clock.now())
    assert key is not None
    return agencies.acting_again(key.channel.mandate_id, now=clock.now())


@csrf_exempt
def bare(request: HttpRequest) -> HttpResponse:
    """One insert, with the same sign-in and scope as the others."""
    sent = json.loads(request.body)
    with acting(_actor(request)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("insert into bench_row (id, said) values (%s, %s)", [uuid.uuid4(), sent["narrative"]])
    return HttpResponse(status=201)


@csrf_exempt
def stored(request: HttpRequest) -> HttpResponse:
    """Scope, journal, five sealed fields, idempotency; no rules, one key for all."""
    sent = json.loads(request.body)
    key = _held.setdefault("key", vault.new_key())
    actor = _actor(request)
    values = [vault.seal(key, sent["narrative"], at=f"bench.row.{field}") for field in _FIELDS]
    with acting(actor), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "insert into bench_full (id, submission, a, b, c, d, e) values (%s, %s, %s, %s, %s, %s, %s)"
            " on conflict (submission) do nothing returning id",
            [uuid.uuid4(), request.headers["Idempotency-Key"], *values],
        )
        journal.write(kind="bench.row.stored", thing="row", by=actor, now=clock.now())
    return HttpResponse(status=201)


urlpatterns = [path("bench/bare", bare), path("bench/stored", stored), *staff]
settings.ROOT_URLCONF = "bench.server"
