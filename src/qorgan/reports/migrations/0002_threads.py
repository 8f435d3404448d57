"""A report begins its own thread."""

from django.db import migrations

from qorgan.base.db.threads import add_thread


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0001_initial"),
    ]

    operations = [
        *add_thread("report", table="reports_report", begun='id'),
        *add_thread("reportperson", table="reports_reportperson", begun='report_id'),
    ]
