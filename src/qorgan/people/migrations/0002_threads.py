"""A person belongs to the thread in which she was named."""

from django.db import migrations

from qorgan.base.db.threads import add_thread


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
        ("cases", "0003_threads"),
    ]

    operations = [
        *add_thread("person", table="people_person", begun='coalesce((select min(report_id::text)::uuid from reports_reportperson part where part.person_id = people_person.id), (select min(thread_id::text)::uuid from cases_caseperson part where part.person_id = people_person.id), id)'),
        *add_thread("contact", table="people_contact", begun='(select thread_id from people_person held where held.id = person_id)'),
    ]
