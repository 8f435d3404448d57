"""Duties of a thing are found by `duty_once`, which begins with it; a second index was only written."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("duties", "0019_accounts_and_reviews")]

    operations = [migrations.RemoveIndex("duty", "duty_thing")]
