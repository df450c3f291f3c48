"""The page that tells what a run found to be different."""

import re

import pytest
from django.test import Client

from pilotage.directory.models import User
from pilotage.imports.collectors.collector import Listing
from pilotage.imports.collectors.registry import COLLECTORS
from pilotage.imports.models import ObjectChange
from pilotage.imports.store.table import REST
from pilotage.web.imports.property_words import property_words
from tests.cast import World
from tests.imports.connected import connect, ended


@pytest.fixture
def address(world: World) -> str:
    customer = connect(world.add_customer())
    ended(world, customer)
    run = ended(world, customer)
    User.objects.create(customer=customer, id="u1", display_name="<b>Una</b>")
    for key, change in (("u1", "changed"), ("gone-user", "removed")):
        details = {
            "department": ["Sales", "<i>Diving</i>"], "account_enabled": [True, False],
            "licence_sku_ids": [[], ["p1"]], "assignedLicenses": [[], [{"skuId": "p1"}]],
            "created_at": [None, "2026-11-23T09:42:00+00:00"], "faxNumber": ["1", None],
        } if change == "changed" else None  # fmt: skip
        ObjectChange.objects.create(
            run=run, collector="users", key=key, change=change, details=details
        )
    return f"/imports/{run.id}/changes"


def test_it_tells_before_and_now(viewer: Client, address: str) -> None:
    text = viewer.get(address).content.decode()
    assert "Against what import 1 had left" in text
    assert "&lt;b&gt;Una&lt;/b&gt;" in text and "<b>Una" not in text
    assert "Sales" in text and "&lt;i&gt;Diving&lt;/i&gt;" in text
    assert "gone-user" in text
    words = re.sub(r"<[^>]+>", "", text)
    for told in (
        "Department: Sales", "May sign in: yes →became no", "Fax number: 1",
        "Licences: nothing →became p1", "Created: nothing →became 23 Nov 2026",
    ):  # fmt: skip
        assert told in words
    assert "account_enabled" not in text and "skuId" not in text
    only = viewer.get(f"{address}?collector=users&change=changed").content.decode()
    assert "Una" in only and "gone-user" not in only


@pytest.mark.parametrize(
    "query", ["collector=x", "change=painted", "since=x", "cursor=x", "since=0" * 3]
)
def test_wrong_input_is_said(viewer: Client, address: str, query: str) -> None:
    assert viewer.get(f"{address}?{query}").status_code == 422


def test_a_stranger_finds_nothing(stranger: Client, address: str) -> None:
    assert stranger.get(address).status_code == 404


def test_a_run_that_has_ended_leads_there(viewer: Client, address: str) -> None:
    assert address in viewer.get(address.removesuffix("/changes")).content.decode()


def test_every_property_has_words() -> None:
    """A column that is added needs a label, else its name in our code would be made into one."""
    for collector in COLLECTORS:
        kept = collector.rest if isinstance(collector, Listing) else ()
        for name in {*collector.table.others, *kept} - {REST}:
            words = property_words(collector.name, name)
            assert words[0].isupper() and "_" not in words
            assert not re.search(r"[a-z][A-Z]", words), words
            assert not re.match(r"(Is|Has) ", words), words
