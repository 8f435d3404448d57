"""The class of every field, and the field that holds sealed text."""

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    _Bytes = models.BinaryField[bytes, bytes]
else:
    _Bytes = models.BinaryField


class DataClass(StrEnum):
    """How carefully a field is kept. Decides scrubbing, logs, export and who may read."""

    PUBLIC = "public"  # may be printed on a wall
    WORK = "work"  # about the work: states, numbers, clocks
    PERSONAL = "personal"  # about a person, without saying who
    IDENTITY = "identity"  # says who: sealed under the person's key
    NARRATIVE = "narrative"  # what was told: sealed under the case's key
    LOCATION = "location"  # where someone can be found: sealed under the case's key
    SECRET = "secret"  # keys, passwords, tokens


SEALED = frozenset({DataClass.IDENTITY, DataClass.NARRATIVE, DataClass.LOCATION})


class SealedField(_Bytes):
    """An envelope of `keys.vault`: version, key id, nonce, AES-256-GCM. Empty bytes mean *nothing was said*."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", b"")
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)
