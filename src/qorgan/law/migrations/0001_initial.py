"""Values of the law that a deployment enters."""

from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.deletion import PROTECT

from qorgan.base import ids

# Two standing values of one rule never share a day, whoever enters them and at whatever moment.
ONE_A_DAY = """
    alter table law_enteredvalue add constraint entered_value_one_a_day
    exclude using gist (key with =, daterange(valid_from, valid_until, '[]') with &&) where (withdrawn_at is null)
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name="EnteredValue",
            fields=[
                ("id", models.UUIDField(default=ids.new, editable=False, primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=80)),
                ("value", models.JSONField()),
                ("unit", models.CharField(max_length=20)),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("act", models.CharField(blank=True, max_length=60)),
                ("article", models.CharField(blank=True, max_length=40)),
                ("document", models.CharField(max_length=300)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("entered_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, max_length=300)),
                (
                    "entered_by",
                    models.ForeignKey(null=True, on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(null=True, on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                        name="entered_value_ends_after_it_begins",
                    ),
                    models.CheckConstraint(condition=~Q(document=""), name="entered_value_names_a_document"),
                    models.CheckConstraint(
                        condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                        | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                        name="entered_value_withdrawn_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            ONE_A_DAY, "alter table law_enteredvalue drop constraint entered_value_one_a_day", elidable=False
        ),
    ]
