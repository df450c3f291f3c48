"""The customer's account and the worker."""

from datetime import timedelta

from pilotage.customers.actions.suspend import suspend
from pilotage.customers.models import Customer, TenantConnection
from pilotage.imports.models import ImportRun, RunState
from pilotage.imports.run.drive import drive
from pilotage.imports.run.turn import MAX_IDLE_STARTS
from pilotage.kernel import clock
from tests.imports.errors_shown.case import Case, Play, Scene
from tests.imports.refusing import refusing


def _groups_refused(scene: Scene) -> None:
    scene.fault("permission_missing", r"^/v1\.0/groups\?")


def _lost_worker(scene: Scene) -> ImportRun:
    run = scene.stage.request()
    drive(run.id, should_stop=lambda: True)
    past = clock.now() - timedelta(minutes=1)
    # What a worker leaves behind that was killed in the middle.
    ImportRun.objects.filter(id=run.id).update(
        state=RunState.RUNNING, lease_until=past, owner="gone:1"
    )
    return scene.stage.run(run)


def _begun_in_vain(scene: Scene) -> ImportRun:
    run = scene.stage.request()
    ImportRun.objects.filter(id=run.id).update(idle_starts=MAX_IDLE_STARTS)
    return scene.stage.run(run)


def _refusing(code: str) -> Play:
    def play(scene: Scene) -> None:
        scene.enter(refusing("directory_device", code))

    return play


def _released(scene: Scene) -> ImportRun:
    run = scene.stage.request()
    mine = TenantConnection.objects.filter(customer=scene.stage.customer)
    mine.update(released_at=clock.now())
    return scene.stage.run(run)


def _suspended(scene: Scene) -> ImportRun:
    run = scene.stage.request()
    suspend(scene.stage.world.editor, scene.stage.customer.id, reason="unpaid")
    return scene.stage.run(run)


def _with_customer(**fields: object) -> Play:
    def play(scene: Scene) -> ImportRun:
        run = scene.stage.request()
        Customer.objects.filter(id=scene.stage.customer.id).update(**fields)
        return scene.stage.run(run)

    return play


def _own(code: str, play: Play, collector: str = "") -> Case:
    return Case(code, play, collector=collector, is_microsofts=False)


CASES = [
    _own("collector_needed", _groups_refused, "memberships"),
    _own("worker_lost", _lost_worker),
    _own("internal_error", _begun_in_vain),
    _own("database_full", _refusing("53100"), "?"),
    _own("database_unavailable", _refusing("57P01"), "?"),
    _own("not_connected", _released),
    _own("customer_suspended", _suspended),
    _own("customer_expired", lambda s: _with_customer(expires_at=clock.now())(s)),
    _own("customer_terminated", lambda s: _with_customer(terminated_at=clock.now())(s)),
]
