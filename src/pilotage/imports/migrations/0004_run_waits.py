"""A row for each wait of a run."""

import django.db.models.deletion
from django.db import migrations, models

import pilotage.kernel.clock


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0003_scheduling"),
    ]

    operations = [
        migrations.CreateModel(
            name="RunWait",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("collector", models.CharField(blank=True, max_length=40)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("throttled", "Microsoft asks to slow down"),
                            ("propagation", "Microsoft is still spreading the consent"),
                            ("unavailable", "Microsoft does not answer"),
                            ("consent_check", "Checking whether the consent still holds"),
                            ("window", "The partner's import window is closed"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        blank=True, help_text="Of the error catalogue.", max_length=60
                    ),
                ),
                ("began_at", models.DateTimeField(default=pilotage.kernel.clock.now)),
                ("until", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wait_rows",
                        to="imports.importrun",
                    ),
                ),
            ],
            options={
                "ordering": ["began_at", "id"],
            },
        ),
    ]
