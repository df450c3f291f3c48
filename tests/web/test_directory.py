"""The pages of a customer's directory."""

import pytest
from django.test import Client

from pilotage.customers.models import Customer
from pilotage.directory.models import User
from tests.cast import World
from tests.directory.people import HOSTILE, imported, tell_sign_ins

ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;"


@pytest.fixture
def customer(world: World) -> Customer:
    return imported(world)


def test_users(viewer: Client, customer: Customer) -> None:
    text = viewer.get(f"/customers/{customer.id}/directory/users").content.decode()
    assert "Ada Archer" in text and "Sign-in blocked" in text and "4 users" in text
    assert ESCAPED in text and "<script>alert" not in text
    found = viewer.get(f"/customers/{customer.id}/directory/users?search=zoë").content.decode()
    assert "Zoë Żak" in found and "Ada Archer" not in found and "1 user<" in found


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("groups", "Microsoft 365"),
        ("groups/team", "Ada Archer"),
        ("devices", "Not compliant"),
        ("devices/phone", "Entra joined"),
        ("licences", "Microsoft 365 Copilot"),
        ("users?licence=sku-copilot", "Who holds"),
        ("users?search=nobody+here", "Nothing matches"),
        ("users/ada", "Global Administrator"),
        ("users/cy", "+32 1, +32 2"),
    ],
)
def test_each_page_says(viewer: Client, customer: Customer, path: str, words: str) -> None:
    answer = viewer.get(f"/customers/{customer.id}/directory/{path}")
    assert answer.status_code == 200 and words in answer.content.decode()


def test_unused_accounts_are_told_where_microsoft_tells_them(
    viewer: Client, customer: Customer
) -> None:
    address = f"/customers/{customer.id}/directory/insights"
    alone = {"HX-Request": "true"}
    first = viewer.get(address, headers=alone).content.decode()
    assert "is not known" in first and "licence on 1 blocked account" in first
    tell_sign_ins(customer)
    assert "account with a licence, unused for 90 days" in (
        viewer.get(address, headers=alone).content.decode().replace("</b>", "")
    )
    assert viewer.get(address).headers["Location"].endswith("/directory/licences")
    whole = viewer.get(f"/customers/{customer.id}/directory")
    assert whole.headers["Location"].endswith("/directory/users")


@pytest.mark.parametrize("kind", ["users", "groups", "devices", "licences"])
def test_before_the_first_import_each_list_says_so(viewer: Client, world: World, kind: str) -> None:
    new = world.add_customer(organization_name="Fourth Coffee")
    text = viewer.get(f"/customers/{new.id}/directory/{kind}").content.decode()
    assert "No import yet" in text


@pytest.mark.parametrize("kind", ["users", "groups", "devices", "licences"])
def test_a_file_of_each_list(viewer: Client, customer: Customer, kind: str) -> None:
    answer = viewer.get(f"/customers/{customer.id}/directory/{kind}.csv")
    assert f'filename="{kind}-' in answer.headers["Content-Disposition"]
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert len(lines) > 2 and lines[0].count(",") >= 8


def test_a_file_holds_no_formula(viewer: Client, world: World) -> None:
    customer = imported(world, "Formula Ltd")
    User.objects.filter(customer=customer, id="ada").update(display_name="=HYPERLINK(1)")
    answer = viewer.get(f"/customers/{customer.id}/directory/users.csv?search=hyper")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert "'=HYPERLINK(1)" in text and HOSTILE not in text


@pytest.mark.parametrize("query", ["show=painted", "cursor=x", "cursor=WyJmIl0"])
def test_wrong_input_is_said(viewer: Client, customer: Customer, query: str) -> None:
    assert viewer.get(f"/customers/{customer.id}/directory/users?{query}").status_code == 422


def test_what_is_gone_is_not_found(viewer: Client, customer: Customer) -> None:
    for key in ("nobody", "%00", "a%00b", "%ff", "x" * 3_000):
        for kind in ("users", "groups", "devices"):
            address = f"/customers/{customer.id}/directory/{kind}/{key}"
            assert viewer.get(address).status_code == 404, address


def test_pages_lead_on(viewer: Client, customer: Customer) -> None:
    for n in range(60):
        User.objects.create(customer=customer, id=f"more-{n:02}", display_name=f"More {n:02}")
    first = viewer.get(f"/customers/{customer.id}/directory/users").content.decode()
    assert 'rel="next"' in first and "64 users" in first and "More 59" not in first
    address = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = viewer.get(f"/customers/{customer.id}/directory/users{address}").content.decode()
    assert "More 59" in second and 'rel="prev"' in second


def test_the_customers_page_leads_there(viewer: Client, customer: Customer) -> None:
    text = viewer.get(f"/customers/{customer.id}").content.decode()
    assert f"/customers/{customer.id}/directory/users" in text
    assert f'hx-get="/customers/{customer.id}/directory/insights"' in text


def test_any_id_that_microsoft_may_send_has_its_page(viewer: Client, customer: Customer) -> None:
    for key in ("a/b", "licences.csv", "?x=1#y", "new\nline", "%2e%2e", "ünïcode"):
        User.objects.create(customer=customer, id=key, display_name=f"Odd {key!r}")
    text = viewer.get(f"/customers/{customer.id}/directory/users?search=odd").content.decode()
    addresses = [part.split('"')[0] for part in text.split('<a href="')[1:]]
    odd = [a for a in addresses if "/directory/users/" in a]
    assert len(odd) == 6
    for address in odd:
        assert "Odd" in viewer.get(address).content.decode(), address
