"""A full import brings exactly what is in the tenant."""

from pilotage.customers.models import TenantConnection
from pilotage.directory import models as directory
from pilotage.directory.models import Group, Membership, SeatCount, User
from pilotage.events.models import Event
from pilotage.imports.as_json import run_as_json
from pilotage.imports.collectors.registry import COLLECTORS
from pilotage.imports.models import RunState, SeenObject
from pilotage.kernel import clock
from tests.imports.conftest import NewStage
from tests.imports.stage import TRUTHS, Stage, jobs, row_versions

ALL_MODELS = [model for model, *_ in TRUTHS.values()] + [
    directory.Organization,
]  # fmt: skip


def test_everything_is_imported(new_stage: NewStage) -> None:
    stage = new_stage(users=3_000)
    run = stage.run()
    assert run.state == RunState.SUCCEEDED, run.outcome
    stage.assert_equals_truth()
    shown = run_as_json(run)
    assert list(shown["collectors"]) == [collector.name for collector in COLLECTORS]
    users = shown["collectors"]["users"]
    assert users["read"] == users["written"] == 3_000
    assert (users["removed"], users["errors"]) == (0, 0)
    assert stage.collector(run, "users").page_number == 5, "four of the list, one of changes"
    assert shown["total_seconds"] >= users["seconds"] > 0
    assert shown["resource_units"] > 0


def test_values_arrive_as_microsoft_gives_them(stage: Stage) -> None:
    stage.run()
    listed = {row["id"]: row["displayName"] for row in stage.truth_rows("users")}
    held = dict(directory.User.objects.values_list("id", "display_name"))
    assert held == listed
    admin = directory.User.objects.get(user_principal_name__startswith="admin@")
    assert admin.account_enabled is True
    assert admin.rest["proxyAddresses"][0].startswith("SMTP:admin@")
    organization = directory.Organization.objects.get()
    assert organization.id == str(stage.tenant_id)
    assert organization.display_name == "Harbour Foods"
    assert organization.created_at is not None
    default = directory.Domain.objects.get(is_default=True)
    assert default.is_verified and "Email" in (default.supported_services or [])


def test_seats_are_users_with_a_licence(stage: Stage) -> None:
    stage.run()
    stage.customer.refresh_from_db()
    held = directory.User.objects.filter(customer_id=stage.customer.id)
    licensed = {user.id for user in held if user.licence_sku_ids}
    assert 0 < len(licensed) < 60
    assert stage.customer.seats_used == len(licensed)
    assert stage.customer.last_import_at is not None
    day = SeatCount.objects.get(customer=stage.customer)
    assert day.seats == len(licensed)
    consumed = {s.sku_id: s.consumed_units for s in directory.SubscribedSku.objects.all()}
    counted = {sku: len([u for u in held if sku in u.licence_sku_ids]) for sku in consumed}
    assert counted == consumed


def test_the_run_is_told_in_events(stage: Stage) -> None:
    run = stage.run()
    names = list(
        Event.objects.filter(customer_id=stage.customer.id, name__startswith="import.")
        .order_by("at", "id")
        .values_list("name", flat=True)
    )
    assert names == ["import.requested", "import.started", "import.finished"]
    end = Event.objects.get(name="import.finished")
    assert end.details["run_id"] == str(run.id)
    assert end.details["collectors"]["users"]["read"] == 60


def test_the_end_of_a_run_tells_the_onboarding(stage: Stage) -> None:
    run = stage.run()
    told = jobs("finish_onboarding")
    assert told == [{"customer_id": str(stage.customer.id), "run_id": str(run.id)}]


def test_a_second_import_without_changes_touches_no_row(stage: Stage) -> None:
    stage.run()
    before = {model: row_versions(model) for model in ALL_MODELS}
    run = stage.run()
    assert run.state == RunState.SUCCEEDED
    assert {model: row_versions(model) for model in ALL_MODELS} == before
    assert sum(progress.written for progress in run.collectors.all()) == 0
    assert sum(progress.removed for progress in run.collectors.all()) == 0
    assert stage.collector(run, "users").read == 60
    assert not SeenObject.objects.exists()


def test_what_changed_is_followed_and_what_is_gone_is_removed(stage: Stage) -> None:
    stage.run()
    followed = ("users", "groups", "devices", "memberships")
    before = {resource: set(stage.imported(resource)) for resource in followed}
    stage.change(
        users_added=5, users_updated=7, users_deleted=4, groups_deleted=2, devices_deleted=3,
        memberships_added=6, memberships_deleted=6, seed=3,
    )  # fmt: skip
    run = stage.run()
    stage.assert_equals_truth()
    for resource in followed:
        gone = before[resource] - set(stage.imported(resource))
        assert gone and stage.collector(run, resource).removed == len(gone)


def test_a_licence_that_was_taken_away_goes(stage: Stage) -> None:
    stage.run()
    licensed = directory.User.objects.filter(licence_sku_ids__len__gt=0).order_by("id")
    held = licensed[0]
    stage.change(update=[{"id": held.id, "set": {"assignedLicenses": []}}])
    run = stage.run()
    assert directory.User.objects.get(id=held.id).licence_sku_ids == []
    assert run.state == RunState.SUCCEEDED
    stage.customer.refresh_from_db()
    assert stage.customer.seats_used == licensed.count()


def test_two_customers_keep_their_own(new_stage: NewStage) -> None:
    first, second = new_stage(users=40), new_stage(users=30, name="Fabrikam")
    first.run()
    second.run()
    second.change(users_deleted=5, seed=1)
    second.run()
    first.assert_equals_truth()
    second.assert_equals_truth()


def test_nothing_of_the_tenant_before_is_left(new_stage: NewStage) -> None:
    stage, other = new_stage(), new_stage(name="Other")
    stage.age_consent()
    stage.run()
    assert Membership.objects.filter(customer=stage.customer).exists()
    TenantConnection.objects.update(released_at=clock.now())
    TenantConnection.objects.create(
        customer=stage.customer, tenant_id=other.tenant_id, tenant_name="Other", bound_by="Ada"
    )
    stage.age_consent()
    refused = {"status": 403, "code": "Authorization_RequestDenied", "message": "no"}
    with other.fault("graph_error", r"^/v1\.0/groups", options=refused):
        run = stage.run()
    assert run.state == RunState.PARTIALLY_SUCCEEDED, run.outcome
    assert not Group.objects.filter(customer=stage.customer).exists()
    assert not Membership.objects.filter(customer=stage.customer).exists()
    there = set(User.objects.filter(customer=stage.customer).values_list("id", flat=True))
    assert there == {row["id"] for row in other.truth_rows("users")}
    with other.fault("graph_error", r"^/v1\.0/groups", options=refused):
        stage.run()
    assert not Group.objects.filter(customer=stage.customer).exists()
