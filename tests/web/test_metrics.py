"""/metrics, as Prometheus scrapes it: parsed with the library's own parser."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families as parse
from pytest_django import Settings

from pilotage.imports.figures.count_runs import count_runs
from pilotage.imports.models import ImportRun, RunError, RunPurpose, RunState, WaitingReason
from pilotage.kernel import clock
from tests.cast import World
from tests.imports.connected import connect, ended
from tests.imports.queues import queued_runs

DOC = Path(__file__).resolve().parents[2] / "docs/operate/metrics.md"
TOKEN = "a-token-of-at-least-thirty-two-characters"
Figures = dict[tuple[str, tuple[str, ...]], float]


@pytest.fixture(autouse=True)
def token(settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN


def scrape() -> Figures:
    """What the page says: {(sample, values by the names of the labels): value}."""
    count_runs()
    response = Client().get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/plain; version=")
    return {
        (sample.name, tuple(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in parse(response.content.decode())
        for sample in family.samples
    }


def test_runs_that_have_ended_are_counted_once_and_stay_counted(world: World) -> None:
    run = ended(world, connect(world.add_customer()))
    began = clock.now() - timedelta(seconds=42)
    ImportRun.objects.filter(id=run.id).update(
        started_at=began,
        finished_at=began + timedelta(seconds=42),
        waits=2,
        resource_units=7.5,
        kind="full",
    )
    run.collectors.filter(collector="users").update(written=8, removed=3)
    RunError.objects.create(run=run, collector="users", code="throttled", count=4)
    first = scrape()
    assert first["pilotage_import_runs_ended_total", ("full", "failed")] == 1
    assert first["pilotage_import_runs_ended_total", ("delta", "succeeded")] == 0
    assert first["pilotage_import_run_seconds_sum", ("full",)] == 42
    assert first["pilotage_import_run_seconds_bucket", ("full", "30.0")] == 0
    assert first["pilotage_import_run_seconds_bucket", ("full", "60.0")] == 1
    assert first["pilotage_import_run_seconds_count", ("full",)] == 1
    assert first["pilotage_import_pages_total", ("users",)] == 2
    assert first["pilotage_import_objects_read_total", ("users",)] == 10
    assert first["pilotage_import_objects_written_total", ("users",)] == 8
    assert first["pilotage_import_objects_removed_total", ("users",)] == 3
    assert first["pilotage_import_errors_total", ("throttled",)] == 4
    assert first["pilotage_import_waits_total", ()] == 2
    assert first["pilotage_import_resource_units_total", ()] == 7.5
    assert {k: v for k, v in scrape().items() if "_total" in k[0]} == {
        k: v for k, v in first.items() if "_total" in k[0]
    }, "nothing is counted twice"
    ImportRun.objects.all().delete()
    assert scrape()["pilotage_import_runs_ended_total", ("full", "failed")] == 1, "never falls"


def test_what_waits_and_since_when(world: World) -> None:
    hour = clock.now() - timedelta(hours=1)
    queued_runs(world.harbour, 3, purpose=RunPurpose.NIGHTLY, since=hour)
    (first,) = queued_runs(world.other, 1, purpose=RunPurpose.FIRST)
    ImportRun.objects.filter(id=first.id).update(
        state=RunState.WAITING,
        waiting_reason=WaitingReason.THROTTLED,
        waiting_until=clock.now() + timedelta(minutes=5),
    )
    found = scrape()
    assert found["pilotage_import_runs", ("full", "queued")] == 3
    assert found["pilotage_import_runs", ("full", "waiting")] == 1
    assert found["pilotage_import_runs_waiting", ("throttled",)] == 1
    assert found["pilotage_import_runs_waiting", ("window",)] == 0
    assert found["pilotage_import_queue_runs", ("nightly",)] == 3
    assert found["pilotage_import_queue_runs", ("first",)] == 0, "it may not be read yet"
    assert found["pilotage_import_queue_oldest_seconds", ("nightly",)] == pytest.approx(3600, abs=9)
    assert found["pilotage_import_queue_oldest_seconds", ("on_demand",)] == 0
    assert found["pilotage_workers_alive", ()] == 0


def test_nobody_is_named(world: World) -> None:
    customer = connect(world.add_customer(organization_name="Wide World Importers"))
    run = ended(world, customer)
    count_runs()
    text = Client().get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).content.decode()
    for secret in ("Wide World", "Harbour", str(customer.id), str(run.tenant_id), str(run.id)):
        assert secret not in text


def test_every_metric_is_described(world: World) -> None:
    """docs/operate/metrics.md has exactly the metrics that there are."""
    text = DOC.read_text()
    described = {line.split("`")[1] for line in text.splitlines() if line.startswith("| `pilotage")}
    ended(world, connect(world.add_customer()))
    count_runs()
    answer = Client().get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    found = set()
    for family in parse(answer.content.decode()):
        found.add(family.name + ("_total" if family.type == "counter" else ""))
        assert family.documentation
    assert described == found


@pytest.mark.parametrize("header", ["", "Bearer wrong", TOKEN, f"Bearer {TOKEN[:-1]}"])
def test_without_the_token_nothing_is_told(db: None, header: str) -> None:
    answer = Client().get("/metrics", headers={"authorization": header})
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert b"pilotage_" not in answer.content


def test_without_the_setting_there_is_no_such_page(db: None, settings: Settings) -> None:
    settings.METRICS_TOKEN = ""
    assert Client().get("/metrics", headers={"authorization": "Bearer "}).status_code == 404
