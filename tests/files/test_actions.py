"""Sealed blobs: what was kept comes back byte for byte, and stays."""

import os
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import ProgrammingError, transaction

from qorgan.base import ids
from qorgan.base.keys import vault
from qorgan.base.keys.vault import Shredded, key_of
from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor, acting
from qorgan.files import actions, queries
from qorgan.files.models import Blob


def _keep(content: bytes, *, by: Actor, now: datetime, owner_id: UUID | None = None, key: UUID | None = None) -> Blob:
    return actions.keep(
        content=content,
        media_type="application/pdf",
        owner="order",
        owner_id=owner_id or ids.new(),
        role="paper_kk",
        key_id=key or vault.new_key(),
        territory_id=by.territory_id or 0,
        thread_id=ids.new(),
        by=by,
        now=now,
    )


@pytest.mark.parametrize("content", [b"", b"\x00", bytes(range(256)), "ұ".encode(), os.urandom(300_000)])
def test_bytes_come_back_as_they_were_kept(owner: Actor, now: datetime, content: bytes) -> None:
    blob = Blob.objects.get(pk=_keep(content, by=owner, now=now).pk)
    assert queries.content(blob) == content
    assert blob.size == len(content)
    assert content == b"" or content not in bytes(blob.content) or len(content) == 1


def test_a_blob_is_sealed_under_the_key_of_its_case(owner: Actor, now: datetime) -> None:
    blob = _keep(b"paper", by=owner, now=now, key=(key := vault.new_key()))
    assert key_of(blob.content) == key


def test_a_newer_one_of_a_role_goes_beside_the_older(owner: Actor, now: datetime) -> None:
    first = _keep(b"one", by=owner, now=now)
    second = _keep(b"two", by=owner, now=now + timedelta(minutes=1), owner_id=first.owner_id)
    newest = queries.newest(first.owner_id, role="paper_kk")
    assert newest == second
    assert queries.content(Blob.objects.get(pk=first.pk)) == b"one"
    assert queries.newest(first.owner_id, role="paper_ru") is None


def test_keeping_is_written_into_the_journal(owner: Actor, now: datetime) -> None:
    blob = _keep(b"paper", by=owner, now=now)
    entry = JournalEntry.objects.get(kind="files.blob.kept")
    assert (entry.thing, entry.thing_id, entry.detail) == ("order", str(blob.owner_id), {"role": "paper_kk"})


def test_a_blob_is_never_changed_and_never_deleted(owner: Actor, now: datetime) -> None:
    blob = _keep(b"paper", by=owner, now=now)
    for attempt in (lambda: Blob.objects.update(size=1), lambda: Blob.objects.get(pk=blob.pk).delete()):
        with pytest.raises(ProgrammingError), transaction.atomic():
            attempt()
    assert queries.content(Blob.objects.get(pk=blob.pk)) == b"paper"


def test_a_stranger_finds_no_blob(owner: Actor, stranger: Actor, now: datetime) -> None:
    blob = _keep(b"paper", by=owner, now=now)
    with acting(stranger):
        assert queries.newest(blob.owner_id, role="paper_kk") is None


def test_without_its_key_a_blob_is_shredded(owner: Actor, now: datetime) -> None:
    lost = ids.new()
    envelope = vault.seal(key := vault.new_key(), "cGFwZXI=", at="files.blob.content")
    moved = envelope[:1] + lost.bytes + envelope[17:]
    with pytest.raises(Shredded):
        queries.content(Blob(content=moved))
    assert queries.content(Blob(content=envelope)) == b"paper"
    assert key != lost
