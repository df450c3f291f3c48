"""What counts as a seat for a customer of a partner."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import pilotage.kernel.clock


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0002_import_window"),
    ]

    operations = [
        migrations.CreateModel(
            name="CountingRule",
            fields=[
                (
                    "partner",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="counting_rule",
                        serialize=False,
                        to="partners.partner",
                    ),
                ),
                ("counts_blocked", models.BooleanField(default=True)),
                (
                    "left_out",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), default=list, size=None
                    ),
                ),
                ("changed_at", models.DateTimeField(default=pilotage.kernel.clock.now)),
            ],
        ),
    ]
