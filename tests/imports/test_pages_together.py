"""Pages that share a transaction: only such as cannot get into each other's way."""

import json
from typing import Any
from uuid import uuid4

import msgspec
from django.db import transaction

from pilotage.directory.models import User
from pilotage.imports.chains.decode import Decoder
from pilotage.imports.chains.step import BadObject, Step
from pilotage.imports.collectors.users import USERS
from pilotage.imports.models import CollectorProgress, ImportChain, ImportRun, ObjectChange
from pilotage.imports.run.crew import Crew
from pilotage.imports.run.lease import Lease
from pilotage.imports.run.reading import AHEAD, Reading
from pilotage.imports.run.source import Source
from pilotage.imports.store.write import Rows, together, write_rows
from pilotage.imports.store.writing import Writing
from pilotage.kernel import clock
from tests.imports.stage import Stage

KEYS = dict[str, Any]


def crew_of() -> tuple[Crew, CollectorProgress]:
    progress = CollectorProgress(run=ImportRun(), collector=USERS.name)
    lease = Lease(uuid4(), 1, is_first=True, is_rescue=False, idle_starts=1)
    crew = Crew(lease, Source(uuid4()), [progress], lambda: False, lambda error, chain: False)
    return crew, progress


def reading_of(crew: Crew, progress: CollectorProgress) -> Reading:
    row = ImportChain(progress=progress)
    return Reading(row, object(), USERS, crew._queue, AHEAD)  # type: ignore[arg-type]


def page(*ids: str, **more: Any) -> Step:
    rows = Rows(USERS.table, b"", len(ids))
    return Step(rows, read=len(ids), cursor="", is_last=False, ids=list(ids), **more)


def together_with(
    crew: Crew, first: tuple[Reading, Step], *others: tuple[Reading, Step]
) -> list[Step]:
    for other in others:
        crew._queue.put(other)
    return [step for _, step in crew._with_others(*first)]


def test_pages_that_hold_other_objects_are_stored_together() -> None:
    crew, progress = crew_of()
    one, two = (reading_of(crew, progress) for _ in range(2))
    pages = [page("a"), page("b"), page("c", removed=[("d", "")])]
    assert together_with(crew, (one, pages[0]), (two, pages[1]), (one, pages[2])) == pages


def test_what_one_page_removes_another_does_not_store_beside_it() -> None:
    crew, progress = crew_of()
    one = reading_of(crew, progress)
    first = page("a", removed=[("b", "")])
    assert together_with(crew, (one, first), (one, page("b"))) == [first]
    assert together_with(crew, (one, page("b")), (one, page("c"))) == [page("b")], "still behind"


def test_no_page_overtakes_another_of_its_chain() -> None:
    crew, progress = crew_of()
    one, two = (reading_of(crew, progress) for _ in range(2))
    first, same, behind, other = page("a"), page("a", "b"), page("c"), page("d")
    found = together_with(crew, (one, first), (two, same), (two, behind), (one, other))
    assert found == [first, other]
    assert [step for _, step in crew._aside] == [same, behind]


def test_pages_with_something_special_are_stored_alone() -> None:
    special: list[KEYS] = [{"bad": [BadObject("x", "odd")]}, {"removed_owners": ["g"]}]
    for facts in special:
        crew, progress = crew_of()
        one, two = (reading_of(crew, progress) for _ in range(2))
        plain, odd = page("a"), page("b", **facts)
        assert together_with(crew, (one, plain), (two, odd)) == [plain]
        crew, progress = crew_of()
        assert together_with(crew, (one, odd), (two, plain)) == [odd]


def test_nothing_of_a_chain_that_was_stopped_is_stored() -> None:
    crew, progress = crew_of()
    one, two = (reading_of(crew, progress) for _ in range(2))
    two.stop()
    first = page("a")
    assert together_with(crew, (one, first), (two, page("b"))) == [first]


def test_changes_that_name_different_properties_leave_all_others(stage: Stage) -> None:
    """Two pages of changes in one statement, each object with properties of its own."""
    run = stage.run()
    users = {user.id: user for user in User.objects.order_by("id")[:4]}
    one, two, three, untouched = users
    decoder = Decoder(USERS, stage.customer.id)
    changes: list[list[KEYS]] = [
        [{"id": one, "department": "Diving"}, {"id": two, "displayName": None, "city": "Kiel"}],
        [{"id": three, "accountEnabled": not users[three].account_enabled}],
    ]
    pages = [decoder.rows(decoder.changed(_raw(some))) for some in changes]
    writing = Writing(run.id, stage.customer.id, "users", is_fresh=False, at=clock.now())
    with transaction.atomic():
        assert write_rows(together(pages), writing) == 3
    after = {user.id: user for user in User.objects.filter(id__in=users)}
    assert after[one].department == "Diving"
    assert after[two].display_name is None and after[two].rest["city"] == "Kiel"
    assert after[three].account_enabled is not users[three].account_enabled
    for name, kept in users.items():
        now = after[name]
        assert now.user_principal_name == kept.user_principal_name
        assert now.licence_sku_ids == kept.licence_sku_ids
        assert (now.department == kept.department) is (name != one)
        assert now.rest["proxyAddresses"] == kept.rest["proxyAddresses"]
    noted = {n.key: n.details for n in ObjectChange.objects.filter(run_id=run.id)}
    assert noted[one] == {"department": [users[one].department, "Diving"]}
    assert set(noted[two]) == {"display_name", "city"} and untouched not in noted


def _raw(objects: list[KEYS]) -> list[KEYS]:
    return [
        {name: msgspec.Raw(json.dumps(value).encode()) for name, value in one.items()}
        for one in objects
    ]
