"""Tables for administrative units, application role assignments and sign-in activity."""

import django.db.models.deletion
from django.db import migrations, models

from pilotage.directory.partitions import CreatePartitioned


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0001_initial"),
        ("directory", "0002_partitions"),
    ]

    operations = [
        CreatePartitioned(
            name="AdministrativeUnit",
            fields=[
                ("removed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "customer_id",
                        "id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("id", models.TextField(db_collation="C")),
                ("display_name", models.TextField(null=True)),
                ("description", models.TextField(null=True)),
                ("visibility", models.TextField(null=True)),
                ("membership_type", models.TextField(null=True)),
                (
                    "customer",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_manager_name": "objects",
            },
        ),
        CreatePartitioned(
            name="AdministrativeUnitMember",
            fields=[
                ("removed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "customer_id",
                        "unit_id",
                        "member_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("unit_id", models.TextField(db_collation="C")),
                ("member_id", models.TextField(db_collation="C")),
                (
                    "member_type",
                    models.TextField(help_text="user, group, device; empty when not told."),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_manager_name": "objects",
            },
        ),
        CreatePartitioned(
            name="AppRoleAssignment",
            fields=[
                ("removed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "customer_id",
                        "id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("id", models.TextField(db_collation="C")),
                ("resource_id", models.TextField(db_collation="C")),
                ("principal_id", models.TextField(db_collation="C")),
                ("principal_type", models.TextField(null=True)),
                ("app_role_id", models.TextField(null=True)),
                ("created_at", models.DateTimeField(null=True)),
                (
                    "customer",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_manager_name": "objects",
            },
        ),
        CreatePartitioned(
            name="SignInActivity",
            fields=[
                ("removed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "customer_id",
                        "id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("id", models.TextField(db_collation="C")),
                (
                    "last_sign_in_at",
                    models.DateTimeField(help_text="By the person, or an attempt.", null=True),
                ),
                (
                    "last_non_interactive_at",
                    models.DateTimeField(help_text="By the person's programs.", null=True),
                ),
                (
                    "last_successful_at",
                    models.DateTimeField(help_text="Of either kind.", null=True),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "default_manager_name": "objects",
            },
        ),
    ]
