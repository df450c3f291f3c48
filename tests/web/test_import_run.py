"""The page of one run: its timeline, its waits, and what may be done next."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from pilotage.customers.models import Customer
from pilotage.imports.actions.retry_import import retry_import
from pilotage.imports.models import (
    CollectorState,
    ImportRun,
    Phase,
    RunError,
    RunKind,
    RunState,
    RunWait,
    WaitingReason,
)
from pilotage.kernel import clock
from tests.cast import World
from tests.imports.connected import connect, ended


@pytest.fixture
def run(world: World) -> ImportRun:
    """Failed after ten minutes, two of which it had waited."""
    run = ended(world, connect(world.add_customer()))
    end = clock.now()
    run.started_at, run.finished_at = end - timedelta(minutes=10), end
    run.resource_units = 372
    run.save()
    run.collectors.filter(collector="users").update(
        started_at=run.started_at, finished_at=end, way="parted", page_number=44,
        state=CollectorState.FAILED, phase=Phase.LISTING,
    )  # fmt: skip
    RunError.objects.create(run=run, collector="users", code="graph_unavailable")
    RunWait.objects.create(
        run=run, collector="users", reason=WaitingReason.THROTTLED, code="throttled",
        began_at=end - timedelta(minutes=5), until=end - timedelta(minutes=3),
        ended_at=end - timedelta(minutes=3),
    )  # fmt: skip
    return run


def test_it_tells_when_what_was_read_and_what_for(editor: Client, run: ImportRun) -> None:
    text = editor.get(f"/imports/{run.id}").content.decode()
    assert "over 10 min" in text and '<rect class="pause"' in text and 'class="bar bad"' in text
    assert "in parts, side by side" in text
    assert "Microsoft asks to slow down" in text and "2 min" in text
    assert "Graph units spent" in text and ">372<" in text
    assert "Microsoft Graph" in text and "44 pages" in text


def test_it_tells_where_an_error_was_for_microsofts_support(editor: Client, run: ImportRun) -> None:
    RunError.objects.create(
        run=run, collector="service_principals", code="object_unreadable", page_number=1_044,
        object_id="o-7", request_id="r-9",
    )  # fmt: skip
    text = editor.get(f"/imports/{run.id}").content.decode()
    for fact in ("1,044", "o-7", "r-9", "object_unreadable"):
        assert f">{fact}<" in text
    assert "<dd>Service principals</dd>" in text


def test_an_error_for_want_of_another_part_names_it_once_and_leads_there(
    editor: Client, run: ImportRun
) -> None:
    cause = RunError.objects.create(run=run, collector="groups", code="graph_unavailable")
    RunError.objects.create(
        run=run, collector="memberships", code="collector_needed",
        text="Needs Groups, which failed.",
    )  # fmt: skip
    text = editor.get(f"/imports/{run.id}").content.decode()
    assert text.count("Needs Groups, which failed.") == 1
    assert "This needs another part" not in text
    assert f'<a href="#error-{cause.id}">See the error of that part.</a>' in text
    assert f'id="error-{cause.id}"' in text


def test_a_run_that_is_being_read_tells_speed_and_time_left(editor: Client, run: ImportRun) -> None:
    ImportRun.objects.update(state=RunState.RUNNING, finished_at=None)
    run.collectors.update(state=CollectorState.SUCCEEDED)
    run.collectors.filter(collector="users").update(
        state=CollectorState.RUNNING, read=60_000, expected=90_000, seconds=30, finished_at=None
    )
    text = editor.get(f"/imports/{run.id}/live").content.decode()
    assert ">2,000 a second<" in text and ">15 s left<" in text
    assert "· 2,000 a second at present · about 15 s left" in text
    assert 'hx-trigger="every 2s"' in text
    run.collectors.update(state=CollectorState.SUCCEEDED)
    ImportRun.objects.update(state=RunState.SUCCEEDED, finished_at=clock.now())
    text = editor.get(f"/imports/{run.id}/live").content.decode()
    assert " a second" not in text and " left" not in text and "hx-trigger" not in text


def test_attempts_lead_to_each_other(world: World, editor: Client, run: ImportRun) -> None:
    later = retry_import(world.editor, run.id)
    assert f'href="/imports/{later.id}"' in editor.get(f"/imports/{run.id}").content.decode()
    assert f'href="/imports/{run.id}"' in editor.get(f"/imports/{later.id}").content.decode()


def test_what_the_attempt_before_has_read_is_not_the_runs_own(
    world: World, editor: Client, run: ImportRun
) -> None:
    run.collectors.filter(state=CollectorState.SUCCEEDED).update(
        started_at=run.started_at, finished_at=run.started_at, read=4_321, removed=17, seconds=61
    )
    later = retry_import(world.editor, run.id)
    text = editor.get(f"/imports/{later.id}").content.decode()
    before = f'Read by <a href="/imports/{run.id}">the attempt before</a>'
    assert text.count(before) == 3 and "goes on where the attempt before stopped" in text
    assert ">0 objects read<" in text and "4,321" not in text and ">17<" not in text
    assert "61 s" not in text and "1 min" not in text, "nor its time"
    ImportRun.objects.filter(id=later.id).update(
        state=RunState.RUNNING, started_at=clock.now() - timedelta(seconds=9)
    )
    later.collectors.filter(collector="users").update(
        state=CollectorState.RUNNING, started_at=clock.now() - timedelta(seconds=5), read=30
    )
    text = editor.get(f"/imports/{later.id}").content.decode()
    assert ">30 objects read in" in text
    assert text.count('class="bar ') == 1, "only what this run reads is in its timeline"
    assert ">30<" in editor.get("/imports").content.decode(), "the list says the same"


@pytest.mark.parametrize("path", ["/imports", "/imports/{id}", "/imports/{id}/changes"])
def test_each_value_of_a_card_says_what_it_is(editor: Client, run: ImportRun, path: str) -> None:
    run.collectors.filter(collector="groups").update(is_fresh=True, written=5)
    text = editor.get(path.format(id=run.id)).content.decode()
    cells = re.findall(r"<td class=([^>]*)>(.*?)</td>", text, re.DOTALL)
    bare = [
        (attributes, words)
        for attributes, content in cells
        if re.match(r"–|[0-9]|Edda", words := re.sub(r"<[^>]+>", "", content).strip())
        and "data-name" not in attributes
    ]
    assert cells and not bare


def test_a_run_that_has_not_begun_has_no_timeline(
    world: World, editor: Client, run: ImportRun
) -> None:
    later = retry_import(world.editor, run.id)
    text = editor.get(f"/imports/{later.id}").content.decode()
    assert "timeline-caption" not in text and "do-import" not in text


@pytest.mark.parametrize(("full", "kind"), [("yes", RunKind.FULL), ("no", RunKind.DELTA)])
def test_everything_or_what_has_changed(
    editor: Client, run: ImportRun, full: str, kind: RunKind
) -> None:
    customer: Customer = run.customer
    address = f"/customers/{customer.id}/run-import"
    assert address in editor.get(f"/imports/{run.id}").content.decode()
    assert "Everything" in editor.get(address).content.decode()
    editor.post(address, {"full": full})
    assert customer.import_runs.latest("number").kind == kind


def test_a_viewer_may_look_and_no_more(viewer: Client, run: ImportRun) -> None:
    text = viewer.get(f"/imports/{run.id}").content.decode()
    assert "timeline-caption" in text and "do-import" not in text and "do-retry" not in text
