"""A script of the usual kind: requests, json, and psycopg's executemany as upsert.

Members are read group by group, as Microsoft's page on listing members shows.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import requests
from psycopg.types.json import Jsonb

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bench.peers import job as jobs
from bench.select import ARRAYS, FLAGS, LISTS, MOMENTS, PAGE

MEMBERSHIPS = (
    "insert into tenant.memberships (group_id, member_id) values (%s, %s)"
    " on conflict (group_id, member_id) do nothing"
)


def main() -> None:
    """Users, or users, groups, devices and who is in which group."""
    job = jobs.read()
    lists = LISTS if job.work == "whole" else {"users": LISTS["users"]}
    with psycopg.connect(job.database_url) as connection:
        make_tables(connection)
        with jobs.timed():
            session = signed_in(job)
            for name in lists:
                load(session, connection, job, name)
            if job.work == "whole":
                load_memberships(session, connection, job)


def signed_in(job: jobs.Job) -> requests.Session:
    """A session with a token."""
    session = requests.Session()
    session.verify = job.ca_file
    form = {"grant_type": "client_credentials", "client_id": job.client_id,
            "client_secret": job.secret, "scope": jobs.SCOPE}  # fmt: skip
    answer = session.post(job.token_url, data=form, timeout=30)
    answer.raise_for_status()
    session.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
    return session


def pages(session: requests.Session, url: str) -> Iterator[list[dict[str, Any]]]:
    """The objects of each page of a list."""
    while url:
        answer = session.get(url, timeout=60)
        answer.raise_for_status()
        page = answer.json()
        yield page["value"]
        url = page.get("@odata.nextLink", "")


def load(
    session: requests.Session, connection: "psycopg.Connection[Any]", job: jobs.Job, name: str
) -> None:
    """One list into its table, a commit a page."""
    names, statement = LISTS[name], upsert(name)
    url = f"{job.graph}/{name}?$select={','.join(names)}&$top={PAGE}"
    for objects in pages(session, url):
        rows = [[value_of(name, item.get(name)) for name in names] for item in objects]
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)
        connection.commit()


def load_memberships(
    session: requests.Session, connection: "psycopg.Connection[Any]", job: jobs.Job
) -> None:
    """The members of each group, a commit a page."""
    groups = [row[0] for row in connection.execute("select id from tenant.groups").fetchall()]
    for group in groups:
        url = f"{job.graph}/groups/{group}/members?$select=id&$top={PAGE}"
        for members in pages(session, url):
            with connection.cursor() as cursor:
                cursor.executemany(MEMBERSHIPS, [(group, member["id"]) for member in members])
            connection.commit()


def value_of(name: str, value: Any) -> Any:
    """As PostgreSQL takes it."""
    return Jsonb(value) if name in ARRAYS and value is not None else value


def upsert(name: str) -> str:
    """Insert, or overwrite what is there."""
    columns = [f'"{column}"' for column in LISTS[name]]
    changes = ", ".join(f"{column} = excluded.{column}" for column in columns[1:])
    places = ", ".join(["%s"] * len(columns))
    into = f"insert into tenant.{name} ({', '.join(columns)}) values ({places})"
    return f"{into} on conflict (id) do update set {changes}"


def make_tables(connection: "psycopg.Connection[Any]") -> None:
    """A table for each list, typed, with the id as key."""
    connection.execute("create schema tenant")
    for name, columns in LISTS.items():
        typed = ", ".join(f'"{column}" {type_of(column)}' for column in columns[1:])
        connection.execute(f"create table tenant.{name} (id text primary key, {typed})")
    connection.execute(
        "create table tenant.memberships (group_id text, member_id text,"
        " primary key (group_id, member_id))"
    )
    connection.commit()


def type_of(column: str) -> str:
    """PostgreSQL's type for a property."""
    if column in ARRAYS:
        return "jsonb"
    return "boolean" if column in FLAGS else "timestamptz" if column in MOMENTS else "text"


if __name__ == "__main__":
    main()
