"""By whose decision an order was cancelled may name people: it is sealed from now on. None was ever released plain."""

from django.db import migrations

import qorgan.base.fields


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0002_initial"),
    ]

    operations = [
        migrations.RemoveField(model_name="order", name="cancelled_why"),
        migrations.AddField(
            model_name="order",
            name="cancelled_why",
            field=qorgan.base.fields.SealedField(blank=True, default=b""),
        ),
    ]
