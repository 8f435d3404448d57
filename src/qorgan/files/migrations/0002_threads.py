"""A file belongs to the thread of its thing."""

from django.db import migrations

from qorgan.base.db.threads import add_thread


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_initial"),
        ("courts", "0002_threads"),
    ]

    operations = [
        *add_thread("blob", table="files_blob", begun='coalesce((select thread_id from orders_order held where held.id = owner_id), (select thread_id from courts_courtcase held where held.id = owner_id), (select thread_id from cases_case held where held.id = owner_id), owner_id)'),
    ]
