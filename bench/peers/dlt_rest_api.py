"""dlt's REST API source into PostgreSQL, tuned as its documentation advises.

Pages of 999, resources in parallel, more extract, normalize and load workers than by default,
append instead of merge, no child tables, and CSV files that are loaded with COPY
(https://dlthub.com/docs/reference/performance,
https://dlthub.com/docs/dlt-ecosystem/destinations/postgres#fast-loading-with-arrow-tables-and-csv).
"""

import os
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import dlt
from dlt.sources.rest_api import rest_api_source

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bench.peers import job as jobs
from bench.select import LISTS, PAGE

TUNING = {
    "EXTRACT__WORKERS": "16",
    "EXTRACT__MAX_PARALLEL_ITEMS": "32",
    "NORMALIZE__WORKERS": "2",
    "LOAD__WORKERS": "8",
    # Without a limit a table is one file, and one file occupies one worker.
    "NORMALIZE__DATA_WRITER__FILE_MAX_ITEMS": "20000",
    "EXTRACT__DATA_WRITER__FILE_MAX_ITEMS": "20000",
    "RUNTIME__DLTHUB_TELEMETRY": "false",
    "RUNTIME__LOG_LEVEL": "ERROR",
}


def main() -> None:
    """Users, or users, groups, devices and who is in which group."""
    job = jobs.read()
    os.environ.update(TUNING)
    os.environ["REQUESTS_CA_BUNDLE"] = job.ca_file
    with tempfile.TemporaryDirectory() as folder:
        pipeline = dlt.pipeline(
            "bench",
            pipelines_dir=folder,
            destination=dlt.destinations.postgres(with_host(job.database_url)),
            dataset_name="tenant",
        )
        with jobs.timed():
            source = rest_api_source(configuration(job), max_table_nesting=0, parallelized=True)
            pipeline.run(source, loader_file_format="csv").raise_on_failed_jobs()


def with_host(database_url: str) -> str:
    """dlt insists on a host before the path; libpq prefers the socket that the query names."""
    url = urlsplit(database_url)
    names, _, host = url.netloc.rpartition("@")
    return urlunsplit(url._replace(netloc=f"{names}@{host or 'localhost'}"))


def configuration(job: jobs.Job) -> Any:
    """The source, as its documentation describes it."""
    resources: list[Any] = [listing(name) for name in LISTS]
    return {
        "client": {
            "base_url": f"{job.graph}/",
            "auth": {
                "type": "oauth2_client_credentials",
                "access_token_url": job.token_url,
                "client_id": job.client_id,
                "client_secret": job.secret,
                "access_token_request_data": {"scope": jobs.SCOPE},
            },
            "paginator": {"type": "json_link", "next_url_path": "'@odata.nextLink'"},
        },
        "resource_defaults": {"write_disposition": "append"},
        "resources": [*resources, memberships()] if job.work == "whole" else resources[:1],
    }


def listing(name: str) -> dict[str, Any]:
    """One list."""
    params = {"$select": ",".join(LISTS[name]), "$top": PAGE}
    return {"name": name, "endpoint": {"path": name, "params": params, "data_selector": "value"}}


def memberships() -> dict[str, Any]:
    """The members of each group that the list of groups gives."""
    return {
        "name": "memberships",
        "include_from_parent": ["id"],
        "endpoint": {
            "path": "groups/{resources.groups.id}/members",
            "params": {"$select": "id", "$top": PAGE},
            "data_selector": "value",
        },
    }


if __name__ == "__main__":
    main()
