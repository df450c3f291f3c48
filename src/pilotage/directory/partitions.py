"""Tables that are partitioned by a hash of the customer (ADR 9); for migrations.

One customer's rows are then in one partition, so that they are deleted by key without touching
the others, vacuum works in pieces, and a database that spreads tables over servers by the same
key can take the tables as they are.
"""

from typing import Any

from django.db import migrations

PARTITIONS = 8


class CreatePartitioned(migrations.CreateModel):
    """CreateModel for a model of the directory, whose key begins with the customer."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Create the table and its partitions."""
        create_partitioned(schema_editor, to_state.apps.get_model(app_label, self.name))


def create_partitioned(schema_editor: Any, model: Any) -> None:
    """Create the model's table with PARTITIONS partitions, all of them empty."""
    statement, params = schema_editor.table_sql(model)
    schema_editor.execute(f"{statement} partition by hash (customer_id)", params or None)
    table = model._meta.db_table
    for remainder in range(PARTITIONS):
        schema_editor.execute(
            f'create table "{table}_p{remainder}" partition of "{table}"'
            f" for values with (modulus {PARTITIONS}, remainder {remainder})"
        )
