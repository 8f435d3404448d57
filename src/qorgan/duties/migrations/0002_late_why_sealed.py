"""Why a duty was late may tell a story: it is sealed from now on. No plain reason was ever released, none is kept."""

from django.db import migrations, models

import qorgan.base.fields


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="duty",
            name="key_id",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.RemoveField(model_name="duty", name="late_why"),
        migrations.AddField(
            model_name="duty",
            name="late_why",
            field=qorgan.base.fields.SealedField(blank=True, default=b""),
        ),
    ]
