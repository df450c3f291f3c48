"""Directory tables partitioned by customer, with `removed_at` and `rest`; what is in them stays."""

import django.contrib.postgres.fields
from django.db import migrations, models

import pilotage.directory.models.as_it_came
from pilotage.directory.partitions import create_partitioned

MODELS = (
    "Device", "DirectoryRole", "Domain", "Group", "Membership", "Organization", "RoleMember",
    "ServicePrincipal", "SubscribedSku", "User",
)  # fmt: skip
# Columns that move into `rest`, with the names that Microsoft gives them.
REST = {
    "Device": {"profileType": "profile_type", "manufacturer": "manufacturer", "model": "model"},
    "Group": {"description": "description", "membershipRule": "membership_rule"},
    "ServicePrincipal": {"signInAudience": "sign_in_audience", "tags": "tags"},
    "User": {
        "givenName": "given_name",
        "surname": "surname",
        "externalUserState": "external_user_state",
        "companyName": "company_name",
        "employeeId": "employee_id",
        "employeeType": "employee_type",
        "officeLocation": "office_location",
        "city": "city",
        "preferredLanguage": "preferred_language",
        "mobilePhone": "mobile_phone",
        "businessPhones": "business_phones",
        "proxyAddresses": "proxy_addresses",
    },
}
LICENCES = (
    "(select coalesce(array_agg(l.sku_id), '{}') from old_directory_licenceassignment l"
    " where l.customer_id = t.customer_id and l.user_id = t.id)"
)


def rebuild(apps, schema_editor):
    """Move each table's rows into a partitioned one of the new shape."""
    run = schema_editor.execute
    run("alter table directory_licenceassignment rename to old_directory_licenceassignment")
    for name in MODELS:
        model = apps.get_model("directory", name)
        table = model._meta.db_table
        run(f"alter table {table} rename to old_{table}")
        create_partitioned(schema_editor, model)
        values = _values(name, [field.column for field in model._meta.concrete_fields])
        run(
            f"insert into {table} ({', '.join(values)}) select {', '.join(values.values())}"  # noqa: S608
            f" from old_{table} t"
        )
        run(f"drop table old_{table}")
    run("drop table old_directory_licenceassignment")


def _values(name, columns):
    """The new columns, each with the expression it is filled from."""
    values = {column: f"t.{column}" for column in columns if column and column != "removed_at"}
    if name in REST:
        pairs = ", ".join(f"'{new}', t.{old}" for new, old in REST[name].items())
        values["rest"] = f"json_build_object({pairs})"
    if name == "User":
        values["licence_sku_ids"] = LICENCES
    return values


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0001_initial"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterModelOptions(
                    name="device",
                    options={"default_manager_name": "objects"},
                ),
                migrations.AlterModelOptions(
                    name="directoryrole",
                    options={"default_manager_name": "objects"},
                ),
                migrations.AlterModelOptions(
                    name="domain",
                    options={"default_manager_name": "objects"},
                ),
                migrations.AlterModelOptions(
                    name="group",
                    options={"default_manager_name": "objects"},
                ),
                migrations.AlterModelOptions(
                    name="membership",
                    options={"default_manager_name": "objects"},
                ),
                migrations.AlterModelOptions(
                    name="organization",
                    options={"default_manager_name": "objects"},
                ),
                migrations.AlterModelOptions(
                    name="rolemember",
                    options={"default_manager_name": "objects"},
                ),
                migrations.AlterModelOptions(
                    name="serviceprincipal",
                    options={"default_manager_name": "objects"},
                ),
                migrations.AlterModelOptions(
                    name="subscribedsku",
                    options={"default_manager_name": "objects"},
                ),
                migrations.AlterModelOptions(
                    name="user",
                    options={"default_manager_name": "objects"},
                ),
                migrations.RemoveField(
                    model_name="device",
                    name="manufacturer",
                ),
                migrations.RemoveField(
                    model_name="device",
                    name="model",
                ),
                migrations.RemoveField(
                    model_name="device",
                    name="profile_type",
                ),
                migrations.RemoveField(
                    model_name="group",
                    name="description",
                ),
                migrations.RemoveField(
                    model_name="group",
                    name="membership_rule",
                ),
                migrations.RemoveField(
                    model_name="serviceprincipal",
                    name="sign_in_audience",
                ),
                migrations.RemoveField(
                    model_name="serviceprincipal",
                    name="tags",
                ),
                migrations.RemoveField(
                    model_name="user",
                    name="business_phones",
                ),
                migrations.RemoveField(
                    model_name="user",
                    name="city",
                ),
                migrations.RemoveField(
                    model_name="user",
                    name="company_name",
                ),
                migrations.RemoveField(
                    model_name="user",
                    name="employee_id",
                ),
                migrations.RemoveField(
                    model_name="user",
                    name="employee_type",
                ),
                migrations.RemoveField(
                    model_name="user",
                    name="external_user_state",
                ),
                migrations.RemoveField(
                    model_name="user",
                    name="given_name",
                ),
                migrations.RemoveField(
                    model_name="user",
                    name="mobile_phone",
                ),
                migrations.RemoveField(
                    model_name="user",
                    name="office_location",
                ),
                migrations.RemoveField(
                    model_name="user",
                    name="preferred_language",
                ),
                migrations.RemoveField(
                    model_name="user",
                    name="proxy_addresses",
                ),
                migrations.RemoveField(
                    model_name="user",
                    name="surname",
                ),
                migrations.AddField(
                    model_name="device",
                    name="removed_at",
                    field=models.DateTimeField(editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="device",
                    name="rest",
                    field=pilotage.directory.models.as_it_came.AsItCame(null=True),
                ),
                migrations.AddField(
                    model_name="directoryrole",
                    name="removed_at",
                    field=models.DateTimeField(editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="domain",
                    name="removed_at",
                    field=models.DateTimeField(editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="group",
                    name="removed_at",
                    field=models.DateTimeField(editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="group",
                    name="rest",
                    field=pilotage.directory.models.as_it_came.AsItCame(null=True),
                ),
                migrations.AddField(
                    model_name="membership",
                    name="removed_at",
                    field=models.DateTimeField(editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="organization",
                    name="removed_at",
                    field=models.DateTimeField(editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="rolemember",
                    name="removed_at",
                    field=models.DateTimeField(editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="serviceprincipal",
                    name="removed_at",
                    field=models.DateTimeField(editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="serviceprincipal",
                    name="rest",
                    field=pilotage.directory.models.as_it_came.AsItCame(null=True),
                ),
                migrations.AddField(
                    model_name="subscribedsku",
                    name="removed_at",
                    field=models.DateTimeField(editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="user",
                    name="licence_sku_ids",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), null=True, size=None
                    ),
                ),
                migrations.AddField(
                    model_name="user",
                    name="removed_at",
                    field=models.DateTimeField(editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="user",
                    name="rest",
                    field=pilotage.directory.models.as_it_came.AsItCame(null=True),
                ),
                migrations.DeleteModel(
                    name="LicenceAssignment",
                ),
            ],
        ),
        # No way back: an older version would read columns that are gone.
        migrations.RunPython(rebuild),
    ]
