"""From the stage into the table, with a note of every object that differs.

The notes are what two runs are compared by. All of it is one statement: what is equal already is
only looked at, so that an import without changes writes nothing.
"""

import json
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import connection
from psycopg.sql import SQL, Composable, Composed, Identifier, Literal

from pilotage.imports.store.stage import listed, stage_of
from pilotage.imports.store.table import CUSTOMER, REMOVED, REST, Table
from pilotage.imports.store.writing import Writing

_MERGE = """
    with changed as materialized (
        select {new}, t.{first} is null as is_added, t.{removed} is not null as is_restored,
            {details} as details
        from {stage} s left join {table} t on {same}
        where t.{first} is null or t.{removed} is not null or {differs}
    ), noted as (
        insert into imports_objectchange (run_id, collector, key, second_key, change, details)
        select %(run)s, %(collector)s, {first}, {second},
            case when is_added then 'added' when is_restored then 'restored' else 'changed' end,
            details
        from changed
    )
    insert into {table} ({names}) select {names} from changed
    on conflict ({key}) do update set {assignments}
"""
# Properties with another value now, as {name: [before, now]}; what was added has none.
_DETAILS = """
    case when t.{first} is not null then (
        select jsonb_object_agg(n.key, jsonb_build_array(was.doc -> n.key, n.value))
        from (select {old} as doc offset 0) was, jsonb_each({new}) n
        where n.value is distinct from was.doc -> n.key
    ) end
"""
_COMPLETE = """
    update {stage} s set {assignments} from {table} t
    where {same} and jsonb_exists(%(given)s::jsonb, s.{first})
"""
_KEPT = "{0} = case when (%(given)s::jsonb ->> s.{1})::bigint & {2} = 0 then t.{0} else s.{0} end"
_REST_TOGETHER = "rest = (coalesce(t.rest::jsonb, '{{}}') || coalesce(s.rest::jsonb, '{{}}'))::json"


def merge(table: Table, writing: Writing) -> int:
    """Bring the stage's rows into the table; returns how many were new or differed.

    The planner is to look them up row by row.
    """
    statement = SQL(_MERGE).format(
        new=listed((CUSTOMER, *table.columns), "s"),
        first=Identifier(table.key[0]),
        second=Identifier(table.key[1]) if len(table.key) > 1 else SQL("''"),
        removed=Identifier(REMOVED),
        details=_details(table),
        stage=stage_of(table),
        table=Identifier(table.name),
        same=_same_key(table),
        differs=_differs(table),
        names=listed((CUSTOMER, *table.columns)),
        key=listed((CUSTOMER, *table.key)),
        assignments=_assignments(table),
    )
    values: dict[str, str | UUID] = {"run": writing.run_id, "collector": writing.collector}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def complete(table: Table, partial: Mapping[frozenset[str], Sequence[str]]) -> None:
    """Fill in what changes have left out: `partial` are ids of staged objects by the columns that
    they do name.

    Source: https://learn.microsoft.com/graph/delta-query-overview (a property that is left out
    has not changed; one that was emptied comes as null).
    """
    columns = [name for name in table.others if name != REST]
    bits = {name: 1 << at for at, name in enumerate(columns)}
    left_out = [name for name in columns if not all(name in given for given in partial)]
    first = Identifier(table.key[0])
    sets: list[Composable] = [
        SQL(_KEPT).format(Identifier(name), first, Literal(bits[name])) for name in left_out
    ]
    if table.has_rest:
        sets.append(SQL(_REST_TOGETHER).format())
    if not sets:
        return
    # For each object one number, whose bits are the columns that it names.
    given = {
        one: sum(bits[name] for name in names if name in bits)
        for names, ids in partial.items()
        for one in ids
    }
    statement = SQL(_COMPLETE).format(
        stage=stage_of(table),
        table=Identifier(table.name),
        assignments=SQL(", ").join(sets),
        same=_same_key(table),
        first=first,
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, {"given": json.dumps(given)})


def _same_key(table: Table) -> Composed:
    keys = (CUSTOMER, *table.key)
    return SQL(" and ").join(SQL("t.{0} = s.{0}").format(Identifier(name)) for name in keys)


def _differs(table: Table) -> Composable:
    """Whether any column differs; `json` has no equality, and its order means nothing."""
    plain = tuple(name for name in table.others if name != REST)
    parts: list[Composable] = []
    if plain:
        parts.append(
            SQL("({}) is distinct from ({})").format(listed(plain, "t"), listed(plain, "s"))
        )
    if table.has_rest:
        parts.append(
            SQL(
                "(t.rest::text is distinct from s.rest::text"
                " and t.rest::jsonb is distinct from s.rest::jsonb)"
            )
        )
    return SQL("({})").format(SQL(" or ").join(parts)) if parts else SQL("false")


def _assignments(table: Table) -> Composed:
    sets = [SQL("{0} = excluded.{0}").format(Identifier(name)) for name in table.others]
    return SQL(", ").join([*sets, SQL("{} = null").format(Identifier(REMOVED))])


def _details(table: Table) -> Composed:
    left_out = [CUSTOMER, REMOVED, REST, *table.key]
    rest = SQL(" || coalesce({}.rest::jsonb, '{{}}')") if table.has_rest else SQL("")

    def as_json(alias: str) -> Composed:
        own = SQL("(to_jsonb({}) - {}::text[])").format(SQL(alias), left_out)
        return own + (rest.format(SQL(alias)) if table.has_rest else SQL(""))

    return SQL(_DETAILS).format(first=Identifier(table.key[0]), new=as_json("s"), old=as_json("t"))
