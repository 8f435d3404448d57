from django.db import migrations


class Migration(migrations.Migration):
    """Numbers of offences, court cases and decisions."""

    dependencies = [("base", "0002_numbers")]

    operations = [
        migrations.RunSQL(
            f"create sequence qorgan_number_{series} minvalue 1", f"drop sequence qorgan_number_{series}"
        )
        for series in ("offence", "court", "decision")
    ]
