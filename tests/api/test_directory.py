"""The directory over the API."""

from pilotage.directory.seats import save_seats
from pilotage.kernel.actor import Role
from tests.api.conftest import Api, token_for
from tests.cast import World
from tests.directory.people import E3, imported, tell_sign_ins


def test_lists_and_their_pages(world: World, viewer: Api) -> None:
    at = f"/customers/{imported(world).id}/directory"
    first = viewer.get(f"{at}/users?limit=3").body
    second = viewer.get(f"{at}/users?limit=3&cursor={first['next']}").body
    assert [one["id"] for one in (*first["items"], *second["items"])] == ["cy", "ada", "bo", "zoe"]
    assert first["items"][1]["licences"][0] == {"sku_id": E3, "name": "Microsoft 365 E3"}
    (bo,) = viewer.get(f"{at}/users?show=disabled_with_licence").body["items"]
    assert bo["account_enabled"] is False
    assert viewer.get(f"{at}/groups?search=doo").body["items"][0]["kind"] == "Security"
    assert viewer.get(f"{at}/devices?show=windows").body["items"][0]["id"] == "laptop"
    assert viewer.get(f"{at}/users?show=painted").status == 422
    assert viewer.get(f"{at}/users?limit=0").status == 422


def test_one_object(world: World, viewer: Api) -> None:
    at = f"/customers/{imported(world).id}/directory"
    ada = viewer.get(f"{at}/users/ada").body
    assert [link["name"] for link in ada["roles"]] == ["Global Administrator"]
    assert ada["as_it_came"]["city"] == "Ghent"
    assert len(viewer.get(f"{at}/groups/team").body["members"]) == 2
    assert viewer.get(f"{at}/devices/phone").body["joined_as"] == "Entra joined"
    assert viewer.get(f"{at}/users/nobody").code == "object_not_found"


def test_an_id_that_nothing_can_have_is_not_found(world: World, viewer: Api) -> None:
    customer = imported(world)
    for key in ("nobody", "%00", "a%00b"):
        answer = viewer.get(f"/customers/{customer.id}/directory/users/{key}")
        assert (answer.status, answer.code) == (404, "object_not_found")


def test_licences_and_insights(world: World, viewer: Api) -> None:
    customer = imported(world)
    at = f"/customers/{customer.id}/directory"
    assert viewer.get(f"{at}/insights").body["unused_accounts"] is None
    tell_sign_ins(customer)
    assert viewer.get(f"{at}/insights").body["on_unused"] == {"30": 1, "60": 1, "90": 1}
    assert [one["on_disabled"] for one in viewer.get(f"{at}/licences").body] == [0, 1, 1]


def test_a_stranger_finds_nothing(world: World, stranger: Api) -> None:
    at = f"/customers/{imported(world).id}/directory"
    for path in ("users", "groups", "devices", "licences", "insights", "users/ada", "groups/team"):
        assert stranger.get(f"{at}/{path}").code == "customer_not_found"


def test_seats_and_what_counts_as_one(world: World, viewer: Api, stranger: Api) -> None:
    customer = imported(world)
    at, rule = f"/customers/{customer.id}/directory/seats", f"/partners/{world.harbour.id}"
    assert viewer.get(at).body == []
    save_seats(customer)
    (today,) = viewer.get(at).body
    assert today["seats"] == 3
    assert stranger.get(at).code == "customer_not_found"
    admin = Api(token_for(world, world.admin, Role.ADMIN))
    new = {"counts_blocked": False, "left_out": ["FLOW_FREE"]}
    for _ in range(2):
        assert admin.send("PUT", f"{rule}/counting-rule", new).body["left_out"] == ["FLOW_FREE"]
    assert viewer.get(f"{rule}/counting-rule").body["counts_blocked"] is False
    wrong = {**new, "left_out": ["no product"]}
    assert admin.send("PUT", f"{rule}/counting-rule", wrong).status == 422
    assert viewer.send("PUT", f"{rule}/counting-rule", new).status == 403
    assert stranger.get(f"{rule}/counting-rule").code == "partner_not_found"
