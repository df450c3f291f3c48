"""What a peer is told, and what it tells: one JSON object each way."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Job:
    """`work`: users, whole or sample; `sample` is a number of users."""

    url: str
    tenant_id: str
    client_id: str
    secret: str
    ca_file: str
    database_url: str
    work: str
    sample: int

    @property
    def graph(self) -> str:
        """Where Graph is."""
        return f"{self.url}/v1.0"

    @property
    def token_url(self) -> str:
        """Where tokens are."""
        return f"{self.url}/{self.tenant_id}/oauth2/v2.0/token"


SCOPE = "https://graph.microsoft.com/.default"


def read() -> Job:
    """The job this process was started for."""
    return Job(**json.loads(os.environ["BENCH_JOB"]))


@contextmanager
def timed() -> Iterator[None]:
    """Print seconds and processor seconds (of children as well) of the block.

    Imports of packages stand before the block; signing in, reading and writing inside.
    """
    started, before = time.perf_counter(), os.times()
    yield
    seconds, after = time.perf_counter() - started, os.times()
    cpu = sum(after[:4]) - sum(before[:4])
    print(json.dumps({"seconds": seconds, "cpu": cpu}))
