"""`pilotage directory …`."""

from pilotage.api.schemas.directory import DeviceOut, GroupOut, InsightsOut, LicenceOut, UserOut
from pilotage.directory.seats import save_seats
from tests.cast import World
from tests.cli.conftest import Pilotage
from tests.directory.people import imported


def test_lists(world: World, pilotage: Pilotage) -> None:
    customer = str(imported(world).id)
    for name, shape, count in (
        ("users", UserOut, 4), ("groups", GroupOut, 2), ("devices", DeviceOut, 2),
    ):  # fmt: skip
        found = pilotage("directory", name, customer, "--json").json["items"]
        assert len(found) == count
        assert set(found[0]) == set(shape.model_fields)
    listed = pilotage("directory", "users", customer, "--show", "disabled", "--limit", "1")
    assert "bo Baker" in listed.out and "Microsoft 365 E3" in listed.out
    wrong = pilotage("directory", "users", customer, "--show", "painted")
    assert wrong.code == 1 and "disabled_with_licence" in wrong.err


def test_licences_insights_and_one_object(world: World, pilotage: Pilotage) -> None:
    customer = str(imported(world).id)
    found = pilotage("directory", "licences", customer, "--json").json
    assert set(found[0]) == set(LicenceOut.model_fields)
    assert "Microsoft 365 Copilot" in pilotage("directory", "licences", customer).out
    found = pilotage("directory", "insights", customer, "--json").json
    assert set(found) == set(InsightsOut.model_fields)
    assert "not known" in pilotage("directory", "insights", customer).out
    ada = pilotage("directory", "show", customer, "users", "ada").json
    assert ada["groups"][0]["name"] == "Team"
    assert pilotage("directory", "show", customer, "users", "nobody").code == 1


def test_seats_and_what_counts_as_one(world: World, pilotage: Pilotage) -> None:
    customer = imported(world)
    save_seats(customer)
    (today,) = pilotage("directory", "seats", str(customer.id), "--json").json
    assert today["seats"] == 3
    harbour = ("--partner", "Harbour Cloud")
    set_rule = ("partners", "set-counting-rule", *harbour)
    done = pilotage(*set_rule, "--no-blocked", "--leave-out", "STREAM")
    words = "A user who may sign in and has a licence other than STREAM"
    assert done.out == f"A seat of Harbour Cloud: {words}\n"
    assert words in pilotage("partners", "counting-rule", *harbour).out
    kept = pilotage(*set_rule, "--blocked", "--json").json
    assert (kept["counts_blocked"], kept["left_out"]) == (True, ["STREAM"])
    assert pilotage(*set_rule, "--leave-out-none", "--json").json["left_out"] == []
    assert pilotage(*set_rule, "--leave-out", "no product").code == 1
