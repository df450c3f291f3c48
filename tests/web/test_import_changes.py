"""The page that tells what a run found to be different."""

import pytest
from django.test import Client

from pilotage.directory.models import User
from pilotage.imports.models import ObjectChange
from tests.cast import World
from tests.imports.connected import connect, ended


@pytest.fixture
def address(world: World) -> str:
    customer = connect(world.add_customer())
    ended(world, customer)
    run = ended(world, customer)
    User.objects.create(customer=customer, id="u1", display_name="<b>Una</b>")
    for key, change in (("u1", "changed"), ("gone-user", "removed")):
        details = {"department": ["Sales", "<i>Diving</i>"]} if change == "changed" else None
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
