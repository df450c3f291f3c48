"""`pilotage customers …`."""

from datetime import timedelta

import pytest

from pilotage.api.schemas.customers import CustomerDetail, CustomerOut
from pilotage.customers.models import Customer
from pilotage.events.models import Event
from pilotage.kernel import clock
from tests.cast import World
from tests.cli.conftest import Pilotage


@pytest.fixture(autouse=True)
def one_seller(world: World) -> None:
    """Only one partner is left below the provider, so that nobody has to name it."""
    world.operator(world.stranger).delete()
    world.other.delete()


def add(pilotage: Pilotage, name: str = "Contoso", email: str = "admin@contoso.example") -> str:
    ended = pilotage("customers", "add", name, "--email", email, "--sku", "essentials", "--json")
    assert ended.code == 0, ended.err
    return str(ended.json["id"])


def test_add_list_show(world: World, pilotage: Pilotage) -> None:
    ident = add(pilotage)
    listed = pilotage("customers", "list", "--pending", "--json").json
    assert [c["id"] for c in listed] == [ident]
    assert set(listed[0]) == set(CustomerOut.model_fields)
    shown = pilotage("customers", "show", "Contoso", "--json").json
    assert set(shown) == set(CustomerDetail.model_fields)
    assert shown["partner"]["name"] == "Harbour Cloud"
    assert pilotage("customers", "list", "--onboarded", "--json").json == []
    event = Event.objects.get(name="customer.added")
    assert (event.actor_kind, event.actor_name) == ("system", "Command line")
    for table in (pilotage("customers", "list"), pilotage("customers", "show", ident)):
        assert (table.code, "Contoso" in table.out) == (0, True)


def test_extend_shows_the_date_and_takes_exactly_that(world: World, pilotage: Pilotage) -> None:
    add(pilotage)
    before = Customer.objects.get()
    day = pilotage("customers", "extend-trial", "Contoso", "--dry-run", "--json").json[
        "new_end_day"
    ]
    extended = pilotage(
        "customers", "extend-trial", "Contoso", "--expected-end", day, "--reason", "Asked", "--json"
    )
    assert extended.json["expires_on"] == day
    assert Customer.objects.get().expires_at - before.expires_at == timedelta(days=14)
    again = pilotage("customers", "extend-trial", "Contoso", "--expected-end", day)
    assert (again.code, again.err.startswith("error: end_date_changed: ")) == (1, True)
    assert pilotage("customers", "extend-trial", "Contoso", "--json").code == 0


def test_convert_then_edit_what_is_named(world: World, pilotage: Pilotage) -> None:
    add(pilotage)
    end = (clock.now() + timedelta(days=365)).date().isoformat()
    converted = pilotage(
        "customers", "convert", "Contoso", "--expires-on", end, "--sku", "enterprise",
        "--add-on", "backup", "--json",
    )  # fmt: skip
    assert (converted.json["account_type"], converted.json["expires_on"]) == ("production", end)
    edited = pilotage("customers", "edit", "Contoso", "--no-add-ons", "--json").json
    assert (edited["add_ons"], edited["sku"], edited["expires_on"]) == ([], "enterprise", end)
    refused = pilotage(
        "customers", "convert", "Contoso", "--expires-on", end, "--sku", "enterprise", "--json"
    )
    assert (refused.code, refused.json["error"]["code"]) == (1, "already_production")


def test_link_suspend_resume_cancel(world: World, pilotage: Pilotage) -> None:
    add(pilotage)
    link = pilotage("customers", "activation-link", "Contoso").out.strip()
    assert link.startswith("http://localhost:8000/activate#t=pla1_")
    assert pilotage("customers", "resend", "Contoso", "--to", "it@contoso.example").code == 0
    newer = pilotage("customers", "activation-link", "Contoso", "--json").json["activation_link"]
    assert newer != link
    for action, status in (("suspend", "suspended"), ("resume", "active")):
        ended = pilotage("customers", action, "Contoso", "--reason", "unpaid", "--json")
        assert ended.json["status"] == status
    canceled = pilotage("customers", "cancel-onboarding", "Contoso", "--json").json
    assert canceled["onboarding"]["step"] == "canceled"
    assert pilotage("customers", "activation-link", "Contoso").code == 1


def test_a_name_that_several_have_lists_their_ids(world: World, pilotage: Pilotage) -> None:
    ids = {add(pilotage, email=f"{n}@contoso.example") for n in "ab"}
    refused = pilotage("customers", "show", "Contoso")
    assert refused.code == 1
    assert refused.err.startswith("error: ambiguous_customer: ")
    assert all(ident in refused.err for ident in ids)
    assert pilotage("customers", "show", ids.pop()).code == 0
    assert "customer_not_found" in pilotage("customers", "show", "Nobody").err


def test_a_refusal_names_fields_on_both_sides(world: World, pilotage: Pilotage) -> None:
    ended = pilotage("customers", "add", "Contoso", "--email", "x", "--sku", "nope", "--json")
    assert ended.code == 1
    assert set(ended.json["error"]["fields"]) == {"notification_email", "sku"}
    assert all(line.startswith("error: invalid: ") for line in ended.err.splitlines())


@pytest.mark.parametrize(
    "arguments",
    [
        ("customers", "add"),
        ("customers", "nope"),
        ("nope",),
        ("customers", "convert", "x", "--expires-on", "soon"),
    ],
)
def test_wrong_usage_is_exit_code_2(pilotage: Pilotage, arguments: tuple[str, ...]) -> None:
    assert pilotage(*arguments).code == 2


def test_which_partner(world: World, pilotage: Pilotage) -> None:
    parts = ("--email", "hello@pier.example", "--json")
    child = pilotage("partners", "add", "Pier IT", *parts).json
    refused = pilotage(
        "customers", "add", "Fabrikam", "--email", "a@f.example", "--sku", "essentials"
    )
    assert "partner_needed" in refused.err
    for named in ("pier it", child["id"]):
        ended = pilotage(
            "customers", "add", f"For {named[:4]}", "--email", "a@f.example", "--sku", "essentials",
            "--partner", named, "--json",
        )  # fmt: skip
        assert "sku" in ended.json["error"]["fields"]
    assert "partner_not_found" in pilotage("customers", "list", "--partner", "Nobody").err


def test_hostile_names_cannot_write_to_the_terminal(world: World, pilotage: Pilotage) -> None:
    add(pilotage)
    Customer.objects.update(organization_name="\x1b[31m[bold]Red[/bold]")
    out = pilotage("customers", "list").out
    assert "\x1b" not in out
    assert "[bold]Red[/bold]" in out


def test_connect_asks_microsoft_and_says_what_it_said(world: World, pilotage: Pilotage) -> None:
    add(pilotage)
    refused = pilotage("customers", "connect", "Contoso", "--tenant-id", "not-a-guid")
    assert refused.code == 2
