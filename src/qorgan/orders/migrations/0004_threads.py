"""An order belongs to the thread of its case."""

from django.db import migrations

from qorgan.base.db.threads import add_thread


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0003_cancelled_why_sealed"),
        ("cases", "0003_threads"),
    ]

    operations = [
        *add_thread("order", table="orders_order", begun='(select thread_id from cases_case held where held.id = case_id)'),
        *add_thread("protected", table="orders_protected", begun='(select thread_id from orders_order held where held.id = order_id)'),
        *add_thread("check", table="orders_check", begun='(select thread_id from orders_order held where held.id = order_id)'),
    ]
