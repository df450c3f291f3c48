"""Whatever Graph says, it harms at most the object that it says it about."""

import json
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from pilotage.directory.models import Group, Membership, Organization, User
from pilotage.imports.actions.retry_import import retry_import
from pilotage.imports.compare import compare
from pilotage.imports.models import CollectorState, DeltaLink, RunState
from pilotage.imports.run import verdict
from pilotage.microsoft.graph import turns
from tests.imports.scripted import scripted_graph, smallest
from tests.imports.stage import Stage

GOOD = {"id": "u1", "displayName": "Una", "accountEnabled": True}


def test_a_plain_server_is_enough(stage: Stage, settings: Settings, tmp_path: Path) -> None:
    lists = smallest(stage.tenant_id) | {
        "/groups": [{"id": "g1"}, {"id": "g2"}],
        "/groups/g1/members": [{"@odata.type": "#microsoft.graph.user", "id": "u1"}],
        "/groups/g2/members": [{"id": "g1"}],
    }
    with scripted_graph(stage, settings, tmp_path, lists) as asked:
        run = stage.run()
    assert run.state == RunState.SUCCEEDED, run.outcome
    assert Organization.objects.get().display_name == "Tiny"
    rows = Membership.objects.values_list("group_id", "member_id", "member_type")
    assert set(rows) == {("g1", "u1", "user"), ("g2", "g1", "")}
    assert stage.collector(run, "memberships").way == "one_by_one"
    assert "/groups/delta" in asked


ODD: dict[str, Any] = {
    "wrong type": {"displayName": 5},
    "wrong list": {"assignedLicenses": "one"},
    "wrong licences": {"assignedLicenses": [{"skuId": 7}]},
    "wrong flag": {"accountEnabled": "true"},
    "impossible date": {"createdDateTime": "2026-02-30T00:00:00Z"},
    "endless name": {"userPrincipalName": "x" * 5_000},
    "endless text": {"jobTitle": "x" * 100_000},
}


def test_odd_objects_are_errors_of_those_objects_alone(
    stage: Stage, settings: Settings, tmp_path: Path
) -> None:
    for name in ODD:
        User.objects.create(customer=stage.customer, id=name, display_name="Known before")
    odd = [{"id": name, **fields} for name, fields in ODD.items()]
    lists = smallest(stage.tenant_id) | {"/users": [GOOD, *odd, {"id": "u3"}]}
    with scripted_graph(stage, settings, tmp_path, lists):
        run = stage.run()
    assert run.state == RunState.PARTIALLY_SUCCEEDED
    names = dict(User.objects.values_list("id", "display_name"))
    left = dict.fromkeys(ODD, "Known before")
    assert names == {"u1": "Una", "u3": None, **left}, "they are left as they were"
    error = run.errors.get(collector="users")
    assert (error.code, error.object_id) == ("object_unreadable", "wrong type")
    assert (error.count, error.page_number) == (len(ODD), 1)
    assert stage.collector(run, "users").errors == len(ODD)


def test_objects_without_an_id_keep_everything(
    stage: Stage, settings: Settings, tmp_path: Path
) -> None:
    User.objects.create(customer=stage.customer, id="u9", display_name="Known before")
    odd = [5, "x", None, [], {}, {"id": ""}, {"id": None}, {"id": 5}]
    with scripted_graph(
        stage, settings, tmp_path, smallest(stage.tenant_id) | {"/users": [GOOD, *odd]}
    ):
        run = stage.run()
    assert run.state == RunState.PARTIALLY_SUCCEEDED
    assert run.errors.get(collector="users").count == len(odd)
    assert set(User.objects.values_list("id", flat=True)) == {"u1", "u9"}, "it may be that one"
    assert stage.collector(run, "users").state == CollectorState.SUCCEEDED


STRANGE = [
    "NUL \x00 in it", "tab\tand\nline\r end", "back\\slash \\N \\. \\x41", 'quote " and {brace, }',
    "𝔘nicode \u202e RTL العربية 漢字 \U0001f600", "'; drop table directory_user; --",
    "\\", '"', "{}",
]  # fmt: skip


@pytest.mark.parametrize("is_ascii", [True, False])
def test_odd_characters_arrive_as_they_are(
    stage: Stage, settings: Settings, tmp_path: Path, is_ascii: bool
) -> None:
    users = [
        {"id": f"u{at}", "displayName": text, "businessPhones": [text, text[::-1]],
         "assignedLicenses": [{"skuId": "s", "disabledPlans": ["p"]}]}
        for at, text in enumerate(STRANGE)
    ]  # fmt: skip
    body = json.dumps({"value": users}, ensure_ascii=is_ascii).encode()
    lists = smallest(stage.tenant_id) | {"/users": body}
    for _ in range(2):
        with scripted_graph(stage, settings, tmp_path, lists):
            run = stage.run()
        assert run.state == RunState.SUCCEEDED, run.outcome
        for at, text in enumerate(STRANGE):
            user = User.objects.get(id=f"u{at}")
            stored = text.replace("\x00", "")
            assert user.display_name == stored
            assert user.rest["businessPhones"] == [stored, stored[::-1]]
    assert stage.collector(run, "users").written == 0, "the second time they are equal"


def test_the_same_object_twice_is_one(stage: Stage, settings: Settings, tmp_path: Path) -> None:
    licence = {"skuId": "s1", "disabledPlans": []}
    twice = [
        {"id": "u1", "displayName": "Old", "assignedLicenses": [licence]},
        {"id": "u1", "displayName": "New", "assignedLicenses": [licence, licence]},
    ]
    with scripted_graph(stage, settings, tmp_path, smallest(stage.tenant_id) | {"/users": twice}):
        run = stage.run()
    assert run.state == RunState.SUCCEEDED
    assert User.objects.get().display_name == "New"
    assert User.objects.get().licence_sku_ids == ["s1"]


@pytest.mark.parametrize(("body", "code"), [
    (b'{"error": {"code": "x", "message": "y"}}', "answer_unreadable"),
    (b"{}", "answer_is_no_list"),
    (b'{"value": {"id": "u1"}}', "answer_is_no_list"),
    (b'"text"', "answer_unreadable"),
    (b'{"value": [' + b"[" * 100_000, "answer_unreadable"),
    (b'{"value": [{"id": "g2", "x": ' + b"[" * 9_000 + b"]" * 9_000 + b"}]}", "answer_unreadable"),
    (b"\xef\xbb\xbf\xff\xfe", "answer_unreadable"),
])  # fmt: skip
def test_an_answer_that_is_no_list_does_not_pass_for_an_empty_one(
    stage: Stage,
    settings: Settings,
    tmp_path: Path,
    body: bytes,
    code: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turns, "_BACKOFF_CAP_SECONDS", 0.1)
    monkeypatch.setattr(verdict, "UNREADABLE_SECONDS", ())
    Group.objects.create(customer=stage.customer, id="g1")
    with scripted_graph(stage, settings, tmp_path, smallest(stage.tenant_id) | {"/groups": body}):
        run = stage.run()
    assert run.state == RunState.PARTIALLY_SUCCEEDED, run.outcome
    assert run.errors.get(collector="groups").code == code
    assert Group.objects.count() == 1


@pytest.mark.parametrize("missing", ["organization", "domains", "users"])
def test_nothing_is_removed_when_everything_seems_gone(
    stage: Stage, settings: Settings, tmp_path: Path, missing: str
) -> None:
    lists = smallest(stage.tenant_id)
    User.objects.create(customer=stage.customer, id="u1")
    with scripted_graph(stage, settings, tmp_path, lists | {f"/{missing}": []}):
        run = stage.run()
    assert run.state == RunState.FAILED
    assert run.errors.get(collector=missing).code == "nothing_returned"
    assert User.objects.count() == 1


def test_half_a_character_becomes_a_replacement(
    stage: Stage, settings: Settings, tmp_path: Path
) -> None:
    names = (
        rb'["cut \ud83d", "\ude00 cut", "whole \ud83d\ude00", "\\ud83d no escape", "\ud83d\u0041"]'
    )
    users = [b'{"id":"u%d","displayName":%s}' % (at, name) for at, name in enumerate(_split(names))]
    body = b'{"value":[' + b",".join(users) + b"]}"
    with scripted_graph(stage, settings, tmp_path, smallest(stage.tenant_id) | {"/users": body}):
        run = stage.run()
    assert run.state == RunState.SUCCEEDED, run.outcome
    held = list(User.objects.order_by("id").values_list("display_name", flat=True))
    assert held == [
        "cut \ufffd", "\ufffd cut", "whole \U0001f600", "\\ud83d no escape", "\ufffdA",
    ]  # fmt: skip


def _split(names: bytes) -> list[bytes]:
    return names.strip(b"[]").split(b", ")


@pytest.mark.parametrize("depth", [100, 900])
def test_what_is_nested_without_end_ends_nothing_else(
    stage: Stage, settings: Settings, tmp_path: Path, depth: int
) -> None:
    deep = b"[" * depth + b"]" * depth
    body = b'{"value": [{"id": "g1"}, {"id": "deep", "displayName": "D", "more": ' + deep + b"}]}"
    lists = smallest(stage.tenant_id) | {"/groups": body}
    with scripted_graph(stage, settings, tmp_path, lists):
        run = stage.run()
    assert User.objects.filter(id="u1").exists()
    assert stage.collector(run, "users").state == CollectorState.SUCCEEDED
    is_read = stage.collector(run, "groups").state == CollectorState.SUCCEEDED
    assert Group.objects.filter(id="g1").exists() == is_read


@pytest.mark.parametrize(
    "given",
    [b'"\xff"', b'"\xed\xa0\x80"', b'["\xc3"]'],
    ids=["no UTF-8", "half a character", "cut character"],
)
def test_what_postgresql_does_not_take_harms_one_object(
    stage: Stage, settings: Settings, tmp_path: Path, given: bytes
) -> None:
    lists = smallest(stage.tenant_id)
    good = b",".join(
        b'{"id":"u%d","city":"a\\nb,\\u0001\\"","jobTitle":"x\\ny"}' % n for n in range(9)
    )
    lists["/users"] = b'{"value":[%b,{"id":"bad","givenName":%b}]}' % (good, given)
    with scripted_graph(stage, settings, tmp_path, lists):
        for number in (1, 2):
            run = stage.run()
            assert run.state == RunState.PARTIALLY_SUCCEEDED, run.outcome
            error = run.errors.get(collector="users")
            assert (error.code, error.object_id, error.count) == ("object_unreadable", "bad", 1)
            assert "byte sequence" in error.text
            assert stage.collector(run, "users").written == (9 if number == 1 else 0)
    assert {user.id for user in User.objects.all()} == {f"u{n}" for n in range(9)}
    assert {(user.job_title, user.rest["city"]) for user in User.objects.all()} == {
        ("x\ny", 'a\nb,\x01"')
    }


def test_a_number_beyond_all_bounds_harms_one_object(
    stage: Stage, settings: Settings, tmp_path: Path
) -> None:
    lists = smallest(stage.tenant_id)
    with scripted_graph(stage, settings, tmp_path, lists):
        for number in (b"1e999999", b"2e999999", b"3"):
            lists["/users"] = b'{"value":[{"id":"u1"},{"id":"u2","givenName":%b}]}' % number
            run = stage.run()
            assert run.is_finished and run.state != RunState.FAILED, run.outcome
            assert User.objects.filter(id="u1", removed_at=None).exists()


@pytest.mark.parametrize("link", ["https://x/\\u0000", "https://x/\\n", "https://x/\\ud800"])
def test_a_link_that_cannot_be_one_is_no_page(
    stage: Stage, settings: Settings, tmp_path: Path, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verdict, "UNREADABLE_SECONDS", ())
    monkeypatch.setattr(turns, "_BACKOFF_CAP_SECONDS", 0.05)
    lists = smallest(stage.tenant_id)
    lists["/devices"] = f'{{"value":[{{"id":"d1"}}],"@odata.nextLink":"{link}"}}'.encode()
    with scripted_graph(stage, settings, tmp_path, lists):
        run = stage.run()
    assert run.state == RunState.PARTIALLY_SUCCEEDED, run.outcome
    assert stage.collector(run, "devices").state == CollectorState.FAILED


@pytest.mark.parametrize(
    "at",
    [
        "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-01:00",
    ],
)  # fmt: skip
def test_a_date_beyond_the_calendar_is_none(
    stage: Stage, settings: Settings, tmp_path: Path, at: str
) -> None:
    lists = smallest(stage.tenant_id)
    lists["/groups"] = [{"id": "g1", "createdDateTime": at}]
    lists["/groups/g1/members"] = []
    lists["/users"] = [{"id": "u1", "createdDateTime": at}]
    with scripted_graph(stage, settings, tmp_path, lists):
        run = stage.run()
    assert run.state == RunState.SUCCEEDED, run.outcome
    assert Group.objects.get().created_at is None
    assert User.objects.get().created_at is None


def test_a_retry_does_not_forget_what_was_left_out(
    stage: Stage, settings: Settings, tmp_path: Path
) -> None:
    lists = smallest(stage.tenant_id)
    with scripted_graph(stage, settings, tmp_path, lists):
        url = settings.MICROSOFT.graph_url + "/v1.0"
        first = {
            "value": [{"id": "u1"}, {"id": "bad", "displayName": 5}],
            "@odata.nextLink": f"{url}/more",
        }
        link = {"value": [], "@odata.deltaLink": f"{url}/users/delta"}
        lists["/users"] = json.dumps(first).encode()
        lists["/users/delta"] = json.dumps(link).encode()
        run = stage.run()
        assert run.state == RunState.FAILED
        lists["/more"] = [{"id": "u3"}]
        again = stage.run(retry_import(stage.world.editor, run.id))
    assert again.state == RunState.PARTIALLY_SUCCEEDED, again.outcome
    assert set(User.objects.values_list("id", flat=True)) == {"u1", "u3"}
    assert again.errors.get(collector="users").code == "object_unreadable"
    assert run.errors.filter(code="object_unreadable").exists(), "the earlier attempt is kept"
    assert not DeltaLink.objects.filter(collector="users").exists(), "the next run reads all"


def test_what_comes_twice_in_a_first_import_is_new_once(
    stage: Stage, settings: Settings, tmp_path: Path
) -> None:
    lists = smallest(stage.tenant_id)
    with scripted_graph(stage, settings, tmp_path, lists):
        url = settings.MICROSOFT.graph_url + "/v1.0"
        first = {"value": [{"id": "u1"}], "@odata.nextLink": f"{url}/more"}
        lists["/users"] = json.dumps(first).encode()
        lists["/more"] = [{"id": "u1"}, {"id": "u2"}, {"id": "u3"}]
        run = stage.run()
    assert User.objects.count() == 3
    between = compare(stage.world.viewer, run.id)
    assert (between.fresh["users"], between.counts.get("users")) == (3, None)


def test_a_retry_does_not_forget_that_somebody_had_no_id(
    stage: Stage, settings: Settings, tmp_path: Path
) -> None:
    lists = smallest(stage.tenant_id)
    lists["/users"] = [{"id": "u1"}, {"id": "u2"}]
    with scripted_graph(stage, settings, tmp_path, lists):
        stage.run()
        url = settings.MICROSOFT.graph_url + "/v1.0"
        first = {"value": [{"displayName": "who"}], "@odata.nextLink": f"{url}/more"}
        lists["/users"] = json.dumps(first).encode()
        run = stage.run()
        assert run.state == RunState.FAILED
        lists["/more"] = [{"id": "u1"}]
        again = stage.run(retry_import(stage.world.editor, run.id))
    assert again.state == RunState.PARTIALLY_SUCCEEDED, again.outcome
    there = set(User.objects.filter(removed_at=None).values_list("id", flat=True))
    assert there == {"u1", "u2"}, "the one without an id may have been the other"
