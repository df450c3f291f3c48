"""What the customer's admin sees after the consent: the check, the import, the end."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from pilotage.customers.models import TenantConnection
from pilotage.customers.queries import find_connection, get_customer
from pilotage.events.models import Event
from pilotage.imports.collectors.registry import BY_NAME
from pilotage.imports.models import ImportRun, RunState
from pilotage.kernel.actor import Actor
from pilotage.onboarding.errors import OutOfOrder, WrongTenant
from pilotage.onboarding.models import ActivationSession
from pilotage.onboarding.sessions import require_sign_in


class Stage(StrEnum):
    """How far it is; the first two go on by themselves."""

    CHECKING = "checking"
    IMPORTING = "importing"
    NOT_PROVEN = "not_proven"
    IMPORT_FAILED = "import_failed"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class CollectorShown:
    """One import of the run; `expected` is None where Microsoft does not tell a number."""

    label: str
    state: str
    read: int
    expected: int | None


@dataclass(frozen=True, slots=True)
class Progress:
    """What there is to show; `waiting_*` say why and until when nothing moves, if so."""

    stage: Stage
    connection: TenantConnection | None = None
    waiting_reason: str = ""
    waiting_until: datetime | None = None
    failure: str = ""
    is_partial: bool = False
    collectors: Sequence[CollectorShown] = field(default=())

    @property
    def is_live(self) -> bool:
        """Whether it is worth looking again."""
        return self.stage in {Stage.CHECKING, Stage.IMPORTING}


def activation_progress(actor: Actor, session: ActivationSession) -> Progress:
    """How far the activation of this session is.

    Raises OutOfOrder before sign-in and consent, and WrongTenant for an admin whose tenant is not
    the one that was bound: nobody learns of another tenant through a link that both have held.
    """
    require_sign_in(session)
    customer = get_customer(actor, session.link.customer_id)
    connection = find_connection(customer)
    if connection is not None and connection.tenant_id != session.admin_tenant_id:
        raise WrongTenant
    if connection is None or session.link.used_at is None:
        return _before_binding(session)
    runs = ImportRun.objects.filter(customer=customer, tenant_id=connection.tenant_id)
    return _of_run(connection, runs.order_by("-number").first())


def _before_binding(session: ActivationSession) -> Progress:
    if session.consent_returned_at is not None:
        onboarding = session.link.customer.onboarding
        return Progress(
            Stage.CHECKING,
            waiting_reason=onboarding.waiting_reason,
            waiting_until=onboarding.waiting_until,
        )
    failed = Event.objects.filter(
        customer_id=session.link.customer_id,
        name="consent.not_proven",
        at__gte=session.signed_in_at,
    ).order_by("-id")
    last = failed.first()
    if last is None:
        raise OutOfOrder
    return Progress(Stage.NOT_PROVEN, failure=last.message)


def _of_run(connection: TenantConnection, run: ImportRun | None) -> Progress:
    if run is None:
        return Progress(Stage.IMPORTING, connection)
    stage = Stage.IMPORTING if not run.is_finished else Stage.IMPORT_FAILED
    if run.state in {RunState.SUCCEEDED, RunState.PARTIALLY_SUCCEEDED}:
        stage = Stage.DONE
    return Progress(
        stage,
        connection,
        waiting_reason=run.waiting_reason,
        waiting_until=run.waiting_until,
        is_partial=run.state == RunState.PARTIALLY_SUCCEEDED,
        collectors=[
            CollectorShown(BY_NAME[row.collector].label, row.state, row.read, row.expected)
            for row in run.collectors.all()
        ],
    )
