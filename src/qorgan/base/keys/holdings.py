"""What is sealed under a key, found from what the models declare: no table can forget to be asked."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models

from qorgan.base.fields import DataClass, SealedField

_KEY = "key_id"
_CHUNK = 5000


@dataclass(frozen=True)
class Column:
    """A column that names keys: as such, or inside its envelopes."""

    model: type[models.Model]
    field: "models.Field[Any, Any]"

    @property
    def is_sealed(self) -> bool:
        """Whether it holds envelopes."""
        return isinstance(self.field, SealedField)

    @property
    def word(self) -> str:
        """What its texts are sealed as, by room, table and column: `people.person.surname`."""
        room = self.model.__module__.removeprefix("qorgan.").partition(".")[0]
        name = re.sub(r"(?<!^)(?=[A-Z])", "_", self.model.__name__).lower()
        return f"{room}.{name}.{self.field.attname}"

    @property
    def kind(self) -> DataClass:
        """The class of what it holds."""
        data: dict[str, DataClass] = self.model.DATA  # type: ignore[attr-defined]  # every model of the house has it
        return data[self.field.name]

    @property
    def table(self) -> str:
        """The table, quoted."""
        return connection.ops.quote_name(self.model._meta.db_table)

    @property
    def name(self) -> str:
        """The column, quoted."""
        return connection.ops.quote_name(self.field.db_column or self.field.attname)

    @property
    def key(self) -> str:
        """The SQL for the key that a row names here."""
        return f"substring({self.name} from 2 for 16)" if self.is_sealed else self.name

    @property
    def there(self) -> str:
        """The SQL for whether a row names one."""
        return f"octet_length({self.name}) > 17" if self.is_sealed else f"{self.name} is not null"

    def named(self) -> Iterator[UUID]:
        """The keys that the rows in sight name, each once."""
        with connection.chunked_cursor() as cursor:
            cursor.execute(f"select distinct {self.key} from {self.table} where {self.there}")
            while rows := cursor.fetchmany(_CHUNK):
                yield from (UUID(bytes=bytes(row[0])) if self.is_sealed else row[0] for row in rows)

    def count(self, keys: Collection[UUID]) -> int:
        """How many rows in sight name one of the keys."""
        with connection.cursor() as cursor:
            question = f"select count(*) from {self.table} where {self.there} and {self.key} = any(%s)"
            cursor.execute(question, [self._asked(keys)])
            return int(cursor.fetchone()[0])

    def envelopes(self, key: UUID) -> list[tuple[Any, bytes]]:
        """The envelopes under a key, with the primary keys of their rows."""
        with connection.cursor() as cursor:
            row_id = connection.ops.quote_name(str(self.model._meta.pk.column))
            where = f"{self.there} and {self.key} = %s"
            cursor.execute(f"select {row_id}, {self.name} from {self.table} where {where}", [key.bytes])
            return [(row[0], bytes(row[1])) for row in cursor.fetchall()]

    def _asked(self, keys: Collection[UUID]) -> list[Any]:
        return [key.bytes for key in keys] if self.is_sealed else list(keys)


def columns() -> Iterator[Column]:
    """Every column of every table that names keys."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            for field in model._meta.concrete_fields:
                if isinstance(field, SealedField) or field.attname == _KEY:
                    yield Column(model, field)


def column(word: str) -> Column:
    """The column of a word. Raises KeyError."""
    return _by_word()[word]


@cache
def _by_word() -> dict[str, Column]:
    return {one.word: one for one in columns()}


def keys_of(threads: Iterable[UUID], *, besides: Collection[type[models.Model]] = ()) -> set[UUID]:
    """The keys that the rows of some threads name as theirs, leaving out the tables `besides`."""
    found: set[UUID] = set()
    asked = list(threads)
    for one in columns():
        if not one.is_sealed and one.model not in besides and hasattr(one.model, "SCOPED"):
            with connection.cursor() as cursor:
                where = f"{one.there} and thread_id = any(%s)"
                cursor.execute(f"select distinct {one.name} from {one.table} where {where}", [asked])
                found |= {row[0] for row in cursor.fetchall()}
    return found


def counted(keys: Collection[UUID]) -> dict[Column, int]:
    """How many texts are sealed under the keys, by column; columns without any are left out."""
    counts = {one: one.count(keys) for one in columns() if one.is_sealed}
    return {one: count for one, count in counts.items() if count}
