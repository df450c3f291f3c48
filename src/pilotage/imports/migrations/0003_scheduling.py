"""Whose turn it is, nights, and the totals of the metrics."""

import django.db.models.deletion
from django.db import migrations, models

# Each customer's first run was its first import; who asked for the others is not known any more.
FILL = """
    update imports_importrun r
    set partner_id = c.partner_id, purpose = case when r.number = 1 then 1 else 2 end
    from customers_customer c where c.id = r.customer_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0001_initial"),
        ("imports", "0002_chains_and_changes"),
        ("partners", "0002_import_window"),
    ]

    operations = [
        migrations.CreateModel(
            name="NightlyTurn",
            fields=[
                (
                    "customer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="customers.customer",
                    ),
                ),
                ("night", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("first", models.CharField(default="", max_length=60)),
                ("second", models.CharField(default="", max_length=60)),
                ("value", models.FloatField(default=0)),
            ],
        ),
        migrations.AddField(
            model_name="importrun",
            name="due_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="importrun",
            name="is_counted",
            field=models.BooleanField(
                default=False, help_text="Whether its figures stand in the metrics' totals."
            ),
        ),
        migrations.AddField(
            model_name="importrun",
            name="night",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="importrun",
            name="partner",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="partners.partner",
            ),
        ),
        migrations.AddField(
            model_name="importrun",
            name="picked_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="importrun",
            name="picked_fence",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="importrun",
            name="purpose",
            field=models.PositiveSmallIntegerField(
                choices=[(1, "First import"), (2, "On demand"), (3, "Nightly")], default=2
            ),
        ),
        migrations.AlterField(
            model_name="importrun",
            name="waiting_reason",
            field=models.CharField(
                blank=True,
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
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="importrun",
            name="partner",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="partners.partner",
            ),
        ),
        migrations.AddIndex(
            model_name="importrun",
            index=models.Index(
                condition=models.Q(("state__in", ["queued", "running", "waiting"])),
                fields=["partner", "purpose", "created_at"],
                name="import_run_turns",
            ),
        ),
        migrations.AddIndex(
            model_name="importrun",
            index=models.Index(fields=["partner", "picked_at"], name="import_run_picked"),
        ),
        migrations.AddIndex(
            model_name="importrun",
            index=models.Index(
                condition=models.Q(("is_counted", False)),
                fields=["id"],
                name="import_run_uncounted",
            ),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.UniqueConstraint(
                fields=("customer", "night"), name="one_import_run_a_night"
            ),
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.UniqueConstraint(
                fields=("name", "first", "second"), name="one_tally_a_label"
            ),
        ),
    ]
