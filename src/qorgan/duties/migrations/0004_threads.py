"""A duty belongs to the thread of its thing."""

from django.db import migrations

from qorgan.base.db.threads import add_thread


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0003_alter_duty_kind"),
        ("courts", "0002_threads"),
    ]

    operations = [
        *add_thread("duty", table="duties_duty", begun='coalesce((select thread_id from orders_order held where held.id = thing_id), (select thread_id from courts_courtcase held where held.id = thing_id), (select thread_id from cases_case held where held.id = thing_id), thing_id)'),
    ]
