from django.db import migrations


class Migration(migrations.Migration):
    """The series of numbers that people read aloud."""

    dependencies = [("base", "0001_initial")]

    operations = [
        migrations.RunSQL(
            f"create sequence qorgan_number_{series} minvalue 1", f"drop sequence qorgan_number_{series}"
        )
        for series in ("report", "case", "order")
    ]
