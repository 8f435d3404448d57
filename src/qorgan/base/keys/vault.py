"""Sealing and opening text under the key of a person or a case.

An envelope is a version byte, the id of the key, a nonce of 96 bits and AES-256-GCM. What it was sealed *as*
(`people.person.surname`) is authenticated with it, so an envelope moved to another field does not open.
Keys come from blocks made and committed ahead of need: no write waits for a second commit.
"""

import contextlib
import hmac
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from qorgan.base import deployment, ids
from qorgan.base.errors import Refused
from qorgan.base.keys.store import Store

_VERSION = b"\x01"
_SHORTEST = 1 + 16 + 12 + 16  # version, key id, nonce, the tag of an empty text
_BLOCK = 256  # keys made in one commit
_LOW = 64  # at this many left the next block is made, beside the work
_AHEAD_SECONDS = 12 * 3600.0  # a key made ahead and not used for so long is left to the sweeper
_HELD = 20_000  # opened keys kept in memory at most
_HELD_SECONDS = 60.0  # and for how long: the longest a destroyed key can still open anything


class Shredded(Refused):
    """The key was destroyed: what it sealed can no longer be read by anyone."""

    text = _("This was destroyed and can no longer be read.")
    status = 410


class Damaged(Refused):
    """The envelope does not open under its key: it was changed or moved."""

    text = _("This text was damaged in the database and cannot be opened.")
    status = 500


class MasterMissing(Refused):
    """The key is wrapped under a master that is not among the secrets of this place."""

    text = _("The master key of version %(version)s is not among the secrets of this place.")
    status = 503


class Vault:
    """Keys of this process: a block taken ahead, and those opened lately.

    `masters` are the master keys by version; `reread` brings those made since.
    """

    def __init__(
        self,
        store: Store,
        masters: Mapping[int, bytes],
        *,
        index: bytes = b"",
        fingerprints: bytes = b"",
        reread: Callable[[], Mapping[int, bytes]] | None = None,
    ) -> None:
        self._store = store
        self._masters = dict(masters)
        self._reread = reread
        self._current = max(masters, default=1)
        self._index = index
        self._fingerprints = fingerprints
        self._lock = threading.Lock()
        self._ahead: list[tuple[UUID, bytes]] = []
        self._ahead_until = 0.0
        self._opened: OrderedDict[UUID, tuple[float, AESGCM]] = OrderedDict()
        self._filling = threading.Event()

    def _master(self, version: int) -> bytes:
        """The master of a version; one that was made after this process began is read now. Raises MasterMissing."""
        if version not in self._masters and self._reread:
            self._masters = dict(self._reread())
        if version not in self._masters:
            raise MasterMissing(version=version)
        return self._masters[version]

    def new_key(self) -> UUID:
        """A fresh key, already committed in the key store."""
        with self._lock:
            if time.monotonic() > self._ahead_until:
                self._ahead.clear()
            taken = self._ahead.pop() if self._ahead else None
            low = len(self._ahead) < _LOW
        if taken is None:
            self._fill()
            return self.new_key()
        if low and not self._filling.is_set():
            self._filling.set()
            threading.Thread(target=self._fill_beside, daemon=True).start()
        key_id, key = taken
        self._remember(key_id, key)
        return key_id

    def _fill(self) -> None:
        block = [(ids.new(), os.urandom(32)) for _number in range(_BLOCK)]
        wanted = 0
        while wanted != self._current:  # a master that became the current one meanwhile is told by the store
            wanted = self._current
            master = self._master(wanted)
            self._current = self._store.add(
                ((key_id, aes_key_wrap(master, key)) for key_id, key in block), master=wanted
            )
        with self._lock:
            self._ahead = block
            self._ahead_until = time.monotonic() + _AHEAD_SECONDS

    def _fill_beside(self) -> None:
        """Fill in a thread of its own. A store that is away is nobody's trouble yet: who needs a key asks again."""
        try:
            with contextlib.suppress(Refused):
                self._fill()
        finally:
            self._filling.clear()
            self._store.close()

    def _remember(self, key_id: UUID, key: bytes) -> AESGCM:
        cipher = AESGCM(key)
        with self._lock:
            self._opened[key_id] = (time.monotonic() + _HELD_SECONDS, cipher)
            while len(self._opened) > _HELD:
                self._opened.popitem(last=False)
        return cipher

    def _cipher(self, key_id: UUID) -> AESGCM:
        held = self._opened.get(key_id)
        if held is None or held[0] < time.monotonic():
            self.unlock([key_id])
            held = self._opened.get(key_id)
        if held is None:
            raise Shredded
        return held[1]

    def unlock(self, key_ids: Iterable[UUID]) -> None:
        """Fetch the keys of a page in one question to the store."""
        moment = time.monotonic()
        wanted = {key_id for key_id in key_ids if self._opened.get(key_id, (0.0,))[0] < moment}
        if not wanted:
            return
        for key_id in wanted:
            self._opened.pop(key_id, None)
        for key_id, wrapped in self._store.get(wanted).items():
            try:
                key = aes_key_unwrap(self._master(wrapped.master), wrapped.key)
            except InvalidUnwrap as failure:
                raise Damaged from failure
            self._remember(key_id, key)

    def seal(self, key_id: UUID, text: str, *, at: str) -> bytes:
        """Seal `text` as the field `at`. An empty text stays empty: that nothing was said is not a secret."""
        if not text:
            return b""
        nonce = os.urandom(12)
        sealed = self._cipher(key_id).encrypt(nonce, text.encode(), at.encode())
        return _VERSION + key_id.bytes + nonce + sealed

    def open(self, envelope: bytes | memoryview, *, at: str) -> str:
        """The text of an envelope. Raises Shredded if its key is gone, Damaged if it was changed or moved."""
        blob = bytes(envelope)
        if not blob:
            return ""
        if blob[:1] != _VERSION or len(blob) < _SHORTEST:
            raise Damaged
        try:
            return self._cipher(key_of(blob)).decrypt(blob[17:29], blob[29:], at.encode()).decode()
        except InvalidTag as failure:
            raise Damaged from failure

    def fingerprint(self, content: bytes, *, at: str) -> bytes:
        """32 bytes that are equal for equal content of one field, and cannot be guessed without a key of this place.

        Raises PermissionError where there is no such key.
        """
        if not self._fingerprints:
            raise PermissionError(f"The process {settings.PROCESS} holds no key of fingerprints.")
        return hmac.digest(self._fingerprints, at.encode() + b"\0" + content, "sha256")

    def blind(self, text: str, *, at: str) -> bytes:
        """32 bytes that are equal for equal text of one kind of number, under the key of the indexes.

        Raises PermissionError where there is no such key: a digest that anyone can make hides nothing.
        """
        if not self._index:
            raise PermissionError(f"The process {settings.PROCESS} holds no key of indexes.")
        return hmac.digest(self._index, at.encode() + b"\0" + text.encode(), "sha256")

    def destroy(self, key_id: UUID) -> None:
        """Shred: nothing sealed under the key opens again, here at once, elsewhere within a minute."""
        self._store.destroy([key_id])
        with self._lock:
            self._opened.pop(key_id, None)


def key_of(envelope: bytes | memoryview) -> UUID:
    """The id of the key an envelope was sealed under."""
    return UUID(bytes=bytes(envelope)[1:17])


@cache
def vault() -> Vault:
    """The vault of this process. A process that holds no key of persons has none and says so."""
    if not settings.KEYS_DSN or not settings.MASTER_KEYS:
        raise PermissionError(f"The process {settings.PROCESS} holds no key of persons.")
    return Vault(
        Store(settings.KEYS_DSN),
        settings.MASTER_KEYS,
        index=settings.INDEX_KEY,
        fingerprints=settings.FINGERPRINTS_KEY,
        reread=deployment.masters,
    )


def new_key() -> UUID:
    """A fresh key of this process's vault."""
    return vault().new_key()


def seal(key_id: UUID, text: str, *, at: str) -> bytes:
    """Seal `text` as the field `at` under the key."""
    return vault().seal(key_id, text, at=at)


def open(envelope: bytes | memoryview, *, at: str) -> str:  # noqa: A001 - the word of the trade, used as vault.open
    """The text of an envelope sealed as the field `at`."""
    return vault().open(envelope, at=at)


def read(envelope: bytes | memoryview, *, at: str, gone: str | None = None) -> str:
    """The text of an envelope, for showing it: where its key was destroyed, a sentence that says so, or `gone`."""
    try:
        return vault().open(envelope, at=at)
    except Shredded as destroyed:
        return str(destroyed) if gone is None else gone


def fingerprint(content: bytes, *, at: str) -> bytes:
    """A keyed digest of content, for telling whether two are the same."""
    return vault().fingerprint(content, at=at)


def blind(text: str, *, at: str) -> bytes:
    """A keyed digest of a number in its one form, for finding it again; see `blind` beside this module."""
    return vault().blind(text, at=at)


def unlock(*envelopes: bytes | memoryview) -> None:
    """Fetch the keys of many envelopes in one question. What is no envelope is left for `open` to refuse."""
    vault().unlock({key_of(envelope) for envelope in envelopes if len(envelope) >= _SHORTEST})


def destroy(key_id: UUID) -> None:
    """Shred the key."""
    vault().destroy(key_id)
