"""Each collector as it meets a tenant: its resource is there, its troubles are its own.

All collectors of a run are hit at once, which takes one import for each kind of trouble.
"""

import re
from contextlib import ExitStack
from threading import Event

import pytest

from pilotage.imports.collectors.collector import Below, Collector, Listing, Members
from pilotage.imports.collectors.registry import BY_NAME, COLLECTORS
from pilotage.imports.models import CollectorState, ImportRun, RunState
from pilotage.imports.run.source import Source
from pilotage.microsoft.graph import turns
from tests.imports.conftest import NewStage
from tests.imports.stage import Stage

OF_OTHERS = [c for c in COLLECTORS if isinstance(c, Members | Below)]
ALONE = [c for c in COLLECTORS if c not in OF_OTHERS and not c.is_required]
CONTAINERS = {
    "groups": "groups",
    "directory_roles": "directory-roles",
    "administrative_units": "administrative-units",
    "service_principals": "service-principals",
}


@pytest.fixture
def tenant(new_stage: NewStage) -> Stage:
    """Large enough for administrative units; its consent is no longer new."""
    stage = new_stage(users=220, groups=6, memberships=30, devices=8)
    stage.age_consent()
    return stage


def requests_of(collector: Collector) -> str:
    """What a collector asks for, in whichever way, as a regular expression."""
    resource = rf"^/v1\.0{re.escape(collector.resource)}"
    if isinstance(collector, Below):
        return rf"{resource}(\?.*\$expand=|/[^/?]+/{collector.below})"
    if isinstance(collector, Members):
        return rf"{resource}(/[^/?]+/members|/delta\?\$select=id,members)"
    assert isinstance(collector, Listing)
    return rf"{resource}\?\$select={re.escape(collector.select)}"


def one_request(stage: Stage, collector: Collector) -> str:
    """The plainest request of a collector."""
    if isinstance(collector, Below):
        return collector.path_below(_container(stage, collector.of))
    if isinstance(collector, Members):
        return f"{collector.resource}/{_container(stage, collector.of)}/members?$select=id"
    assert isinstance(collector, Listing)
    return f"{collector.resource}?$select={collector.select}"


def _container(stage: Stage, of: str) -> str:
    return str(stage.truth_rows(CONTAINERS[of])[0]["id"])


def hits(stage: Stage) -> dict[str, int]:
    """How often each fault that is on has struck."""
    return {fault["id"]: fault["hits"] for fault in stage.control.call("GET", "/faults")}


def codes(run: ImportRun) -> dict[str, str]:
    return dict(run.errors.values_list("collector", "code"))


def test_the_simulator_has_every_resource(tenant: Stage) -> None:
    client = Source(tenant.tenant_id).client(Event())
    for collector in COLLECTORS:
        path = one_request(tenant, collector)
        assert re.search(requests_of(collector), f"/v1.0{path}"), collector.name
        assert client.get(path).value, f"{collector.name} finds something there"


@pytest.mark.parametrize("hit", [ALONE, OF_OTHERS], ids=["alone", "of others"])
def test_a_missing_permission_is_told_for_each(tenant: Stage, hit: list[Collector]) -> None:
    with ExitStack() as stack:
        for collector in hit:
            stack.enter_context(
                tenant.fault("permission_missing", requests_of(collector), id=collector.name)
            )
        run = tenant.run()
    assert run.state == RunState.PARTIALLY_SUCCEEDED
    found, needed = codes(run), {c.name for c in hit}
    for collector in COLLECTORS:
        state = tenant.collector(run, collector.name).state
        if collector.name in needed:
            expected = (CollectorState.FAILED, "permission_missing")
        elif isinstance(collector, Members | Below) and collector.of in needed:
            expected = (CollectorState.SKIPPED, "collector_needed")
        else:
            assert (state, collector.name in found) == (CollectorState.SUCCEEDED, False)
            continue
        assert (state, found[collector.name]) == expected, collector.name
        assert collector.permission in run.outcome or expected[1] == "collector_needed"


@pytest.mark.parametrize(
    ("kind", "options"), [("throttle", {"seconds": 0}), ("truncated_json", {"fraction": 0.5})]
)
def test_a_hindrance_that_passes_makes_no_difference(
    tenant: Stage, kind: str, options: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "_BACKOFF_CAP_SECONDS", 0.1)
    with ExitStack() as stack:
        for collector in COLLECTORS:
            path = requests_of(collector)
            if kind != "throttle":
                # A batch is damaged as a whole, not item by item.
                path = rf"{path}|^/v1\.0/\$batch"
            stack.enter_context(
                tenant.fault(kind, path, id=collector.name, times=1, options=options)
            )
        run = tenant.run()
        struck = hits(tenant)
    assert run.state == RunState.SUCCEEDED, run.outcome
    assert {c.name: struck[c.name] for c in COLLECTORS} == {c.name: 1 for c in COLLECTORS}
    tenant.assert_equals_truth()


def test_what_others_are_read_from_is_read_every_night() -> None:
    parents = {each.of for each in COLLECTORS if isinstance(each, Members | Below)}
    assert parents
    assert all(BY_NAME[name].nights_between == 1 for name in parents)
