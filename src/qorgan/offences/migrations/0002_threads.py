"""An offence belongs to the thread of its case or report, else it begins its own."""

from django.db import migrations

from qorgan.base.db.threads import add_thread


class Migration(migrations.Migration):
    dependencies = [
        ("offences", "0001_initial"),
        ("cases", "0003_threads"),
    ]

    operations = [
        *add_thread("offence", table="offences_offence", begun='coalesce((select thread_id from cases_case held where held.id = case_id), report_id, id)'),
        *add_thread("offenceperson", table="offences_offenceperson", begun='(select thread_id from offences_offence held where held.id = offence_id)'),
        *add_thread("correction", table="offences_correction", begun='(select thread_id from offences_offence held where held.id = offence_id)'),
    ]
