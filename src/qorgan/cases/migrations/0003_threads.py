"""A case belongs to the thread of the report that it began with."""

from django.db import migrations, models

from qorgan.base.db.threads import add_thread


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_initial"),
        ("reports", "0002_threads"),
    ]

    operations = [
        *add_thread("case", table="cases_case", begun='coalesce((select report_id from cases_casereport led where led.case_id = cases_case.id order by joined_at, report_id limit 1), id)', reads=("cases_casereport",)),
        *add_thread("casereport", table="cases_casereport", begun='(select thread_id from cases_case held where held.id = case_id)'),
        *add_thread("caseperson", table="cases_caseperson", begun='(select thread_id from cases_case held where held.id = case_id)'),
        *add_thread("account", table="cases_account", begun='(select thread_id from cases_case held where held.id = case_id)'),
        migrations.AddIndex("case", models.Index(fields=["thread_id"], name="case_thread")),
    ]
