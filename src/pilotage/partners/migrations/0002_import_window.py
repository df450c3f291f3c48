"""When a partner's customers are imported every night."""

import datetime

import django.db.models.deletion
from django.db import migrations, models

import pilotage.kernel.clock


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportWindow",
            fields=[
                (
                    "partner",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="import_window",
                        serialize=False,
                        to="partners.partner",
                    ),
                ),
                ("is_enabled", models.BooleanField(default=True)),
                ("opens", models.TimeField(default=datetime.time(1, 0))),
                ("closes", models.TimeField(default=datetime.time(5, 0))),
                ("changed_at", models.DateTimeField(default=pilotage.kernel.clock.now)),
            ],
        ),
    ]
