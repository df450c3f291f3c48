"""Whatever is sent, there is a named refusal and never a 500 (ASVS 1.5.3)."""

import base64
import json

import pytest

from pilotage.customers.models import Customer
from tests.api.conftest import Api
from tests.cast import World

DEEP = b"[" * 100_000 + b"]" * 100_000
BODIES = {
    "nothing": b"",
    "no object": b"[]",
    "a text": b'"x"',
    "not JSON": b"{",
    "duplicate keys": b'{"sku": "a", "sku": "b"}',
    "NaN": b'{"sku": NaN}',
    "infinity": b'{"sku": -Infinity}',
    "overflow": b'{"sku": 1e999}',
    "a number of 5,000 digits": b'{"sku": ' + b"9" * 5_000 + b"}",
    "above 2^53": b'{"sku": 9007199254740993}',
    "NUL": b'{"sku": "a\\u0000"}',
    "NUL in a key": b'{"a\\u0000": 1}',
    "half a surrogate pair": b'{"sku": "\\ud800"}',
    "UTF-16": '{"sku": "a"}'.encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf{}",
    "not UTF-8": b'{"sku": "\xff"}',
    "nested deeply": b'{"sku": ' + DEEP + b"}",
    "trailing text": b"{} {}",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_bodies(editor: Api, body: bytes) -> None:
    refused = editor.post("/customers", body)
    assert refused.status in {400, 422}
    assert refused.body["error"]["text"]
    assert not Customer.objects.exists()


def test_a_body_of_more_than_a_megabyte(editor: Api) -> None:
    body = json.dumps({"organization_name": "x" * 1_100_000}).encode()
    assert editor.post("/customers", body).status == 413


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""],
)
def test_other_kinds_of_body(editor: Api, kind: str) -> None:
    refused = editor.post("/customers", b'{"sku": "a"}', content_type=kind)
    assert (refused.status, refused.code) == (415, "wrong_media_type")


@pytest.mark.parametrize("value", [None, 1, 1.5, True, [], {}, "", "x" * 501, "a\nb", "\u202eabc"])
@pytest.mark.parametrize("field", ["organization_name", "notification_email", "sku", "partner_id"])
def test_values_of_the_wrong_kind(editor: Api, field: str, value: object) -> None:
    body = {"organization_name": "A", "notification_email": "a@b.example", "sku": "essentials"}
    refused = editor.post("/customers", {**body, field: value})
    if field == "partner_id" and value is None:
        assert refused.status == 201
        return
    assert refused.status == 422
    assert set(refused.body["error"]["fields"]) == {field}


@pytest.mark.parametrize(
    "day",
    [
        "2030-02-30",
        "2030-1-1",
        "20300101",
        "2030-01-01T00:00:00Z",
        1893456000,
        "٢٠٣٠-٠١-٠١",
        "9999-12-31",
        "0001-01-01",
        None,
    ],
)
def test_days(world: World, editor: Api, day: object) -> None:
    customer = world.add_customer()
    plan = {"expires_on": day, "sku": "essentials"}
    refused = editor.post(f"/customers/{customer.id}/conversion", plan)
    assert refused.status == 422
    assert list(refused.body["error"]["fields"]) == ["expires_on"]


def encoded(*parts: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "x", "%00", "ä", "=", "bm90IGpzb24", encoded(), encoded("f"), encoded("f", "a", "b"),
        encoded("x", "a", "b"), encoded("f", "a", "\u0000"), encoded("f", 1, 2),
        encoded("f", "a", "0" * 36), "a" * 1001,
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "path", ["/customers?sort=organization_name", "/customers?sort=expires_at", "/events?limit=5"]
)
def test_cursors(editor: Api, path: str, cursor: str) -> None:
    assert editor.get(f"{path}&cursor={cursor}").status in {400, 422}


@pytest.mark.parametrize(
    "query",
    [
        "limit=x",
        "limit=1e9",
        "limit=-1",
        "limit=99999999999999999999",
        "pending=maybe",
        "search=%00",
        "search=a&search=b",
        "nope=1",
        "search=" + "x" * 201,
    ],
)
def test_queries(editor: Api, query: str) -> None:
    assert editor.get(f"/customers?{query}").status in {400, 422}


def test_search_takes_every_character(world: World, editor: Api) -> None:
    world.add_customer(organization_name="100% _weird_ \\ O'Neill")
    for text, expected in (
        ("%25", 1),
        ("_", 1),
        ("%5C", 1),
        ("'", 1),
        ("%25%25", 0),
        ("%F0%9F%9A%A2", 0),
    ):
        assert len(editor.get(f"/customers?search={text}").body["items"]) == expected, text
