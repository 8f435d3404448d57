"""Giving rows of before the thread they belong to: operations for migrations."""

from typing import Any

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


def add_thread(model: str, *, table: str, begun: str, reads: tuple[str, ...] = ()) -> list[Operation]:
    """Add `thread_id` to a model that is scoped, filled by the SQL expression `begun` over its columns.

    `reads` are other tables that it looks into, filled later.

    The owner acts for nobody and fills all rows: his hand is freed for it, and policies are put back by `rights.apply`,
    which follows every migration.
    """
    fill: list[Any] = [
        *(f"alter table {one} no force row level security" for one in (table, *reads)),
        f"alter table {table} disable trigger user",
        f"do $$ begin update {table} set thread_id = {begun}; end $$",  # lint: allow Q204 - a column, no setting
        f"alter table {table} enable trigger user",
    ]
    return [
        migrations.AddField(model, "thread_id", models.UUIDField(null=True)),
        migrations.RunSQL(fill, migrations.RunSQL.noop),
        migrations.AlterField(model, "thread_id", models.UUIDField()),
    ]
