"""A court case belongs to the thread of what it is about."""

from django.db import migrations

from qorgan.base.db.threads import add_thread


class Migration(migrations.Migration):
    dependencies = [
        ("courts", "0001_initial"),
        ("orders", "0004_threads"),
        ("offences", "0002_threads"),
    ]

    operations = [
        *add_thread("courtcase", table="courts_courtcase", begun='coalesce((select thread_id from orders_order held where held.id = order_id), (select thread_id from offences_offence held where held.id = offence_id), (select thread_id from cases_case held where held.id = case_id))'),
        *add_thread("hearing", table="courts_hearing", begun='(select thread_id from courts_courtcase held where held.id = court_case_id)'),
        *add_thread("decision", table="courts_decision", begun='(select thread_id from courts_courtcase held where held.id = court_case_id)'),
        *add_thread("appeal", table="courts_appeal", begun='(select thread_id from courts_decision held where held.id = decision_id)'),
    ]
