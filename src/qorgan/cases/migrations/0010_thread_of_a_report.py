"""A report that a case leads says its thread, so that whoever is let into the case finds it."""

from typing import Any

from django.db import migrations, models

_TABLES = ("cases_casereport", "reports_report")
_FILL: list[Any] = [
    *(f"alter table {one} no force row level security" for one in _TABLES),
    "do $$ begin update cases_casereport set report_thread = told.thread_id"
    " from reports_report told where told.id = report_id; end $$",
]


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_review_read"),
        ("reports", "0002_threads"),
    ]

    operations = [
        migrations.AddField("casereport", "report_thread", models.UUIDField(null=True)),
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
        migrations.AlterField("casereport", "report_thread", models.UUIDField()),
    ]
