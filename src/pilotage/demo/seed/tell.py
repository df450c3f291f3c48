"""Live through one sample customer's story, on the days on which it happened."""

from datetime import timedelta
from uuid import UUID

from pilotage.customers.actions.convert_to_production import convert_to_production
from pilotage.customers.actions.extend_trial import extend_trial, preview_extend_trial
from pilotage.customers.actions.suspend import suspend
from pilotage.customers.lifecycle import Status
from pilotage.customers.models import Customer, Source
from pilotage.demo.seed import pending
from pilotage.demo.seed.people import People
from pilotage.demo.seed.samples import Sample, Story
from pilotage.demo.seed.tenants import add_fault, consent, make_tenant
from pilotage.imports.actions.request_import import request_import
from pilotage.imports.models import ImportRun
from pilotage.imports.run.drive import drive
from pilotage.kernel import clock
from pilotage.kernel.actor import Actor, Role, system_actor
from pilotage.onboarding.actions.add_customer import add_customer
from pilotage.onboarding.actions.connect_tenant import connect_tenant
from pilotage.onboarding.actions.finish_onboarding import finish_onboarding
from pilotage.partners.access import actor_for_operator, actor_for_partner
from pilotage.partners.models import Operator

S = Story
CONVERTED = {S.PRODUCTION, S.EXPIRED_PRODUCTION, S.DIRECT, S.SUSPENDED}
BEFORE_CONNECTING = {
    S.INVITED: pending.nothing,
    S.MAIL_REFUSED: pending.nothing,
    S.OPENED: pending.open_link,
    S.DECLINED: pending.decline,
    S.GUEST: pending.wait_for_approval,
    S.LINK_EXPIRED: pending.expire,
    S.CANCELED: pending.cancel,
}


def tell(people: People, sample: Sample) -> None:
    """Make tenant and customer, and let happen what the sample's story says."""
    tenant_id = make_tenant(sample.name, sample.domain, sample.users)
    editor = _editor(people, sample)
    with clock.moved_by(-timedelta(days=sample.age, hours=3)):
        customer = _add(editor, sample)
    if sample.story in BEFORE_CONNECTING:
        BEFORE_CONNECTING[sample.story](editor, customer, sample)
        return
    _prepare_faults(sample, tenant_id)
    first = min(sample.age, 1) if sample.story not in LEFT_RUNNING else 0
    with clock.moved_by(-timedelta(days=max(sample.age - first, 0))):
        _connect(people, customer, tenant_id, run_now=sample.story not in LEFT_RUNNING)
    if sample.story == S.IMPORTING:
        # Slow enough that somebody who opens the demo sees it move.
        add_fault(tenant_id, "slow", r"^/v1\.0/", options={"milliseconds": 4_000})
    _account(editor, customer, sample)


LEFT_RUNNING = {S.IMPORTING, S.THROTTLED}
# After a quarter of an hour a refusal is no longer put down to a consent that is spreading.
_LOOKS = tuple(timedelta(minutes=minutes) for minutes in (0, 16, 32, 48))


def _editor(people: People, sample: Sample) -> Actor:
    operators = Operator.objects.filter(partner=getattr(people, sample.partner))
    return actor_for_operator(operators.exclude(role=Role.VIEWER).order_by("-role")[0])


def _add(editor: Actor, sample: Sample) -> Customer:
    assert editor.partner_id is not None  # noqa: S101 - every operator has one
    local = "no-such-mailbox" if sample.story == S.MAIL_REFUSED else "it"
    customer = add_customer(
        editor,
        partner_id=editor.partner_id,
        organization_name=sample.name,
        notification_email=f"{local}@{sample.domain}",
        sku=sample.sku,
        add_ons=sample.add_ons,
    )
    pending.send_mails(customer)
    return customer


def _connect(people: People, customer: Customer, tenant_id: UUID, *, run_now: bool) -> None:
    base = system_actor("Provider's support")
    connect_tenant(actor_for_partner(base, people.provider), customer.id, tenant_id=tenant_id)
    if not run_now:
        return
    run = ImportRun.objects.get(customer=customer)
    _drive_to_its_end(run)
    finish_onboarding(system_actor("onboarding"), customer.id, run.id)
    pending.send_mails(customer)


def _drive_to_its_end(run: ImportRun) -> None:
    """With its waits, which are over at once: else the worker would end it today, days later."""
    for later in _LOOKS:
        with clock.moved_by(later):
            drive(run.id)
        run.refresh_from_db()
        if run.is_finished:
            return


def _prepare_faults(sample: Sample, tenant_id: UUID) -> None:
    missing = {"Device.Read.All", "Application.Read.All"} if sample.story == S.PARTIAL else set()
    consent(tenant_id, without=frozenset(missing))
    if sample.story == S.THROTTLED:
        options = {"seconds": 900}
        add_fault(tenant_id, "throttle", r"^/v1\.0/(groups|devices)", options=options)
    if sample.story == S.IMPORT_FAILED:
        add_fault(tenant_id, "permission_missing", r"^/v1\.0/users")


def _account(editor: Actor, customer: Customer, sample: Sample) -> None:
    if sample.story == S.EXTENDED_TRIAL:
        for days in range(sample.age - 12, -1, -14):
            with clock.moved_by(-timedelta(days=days)):
                day = preview_extend_trial(editor, customer.id).new_end_day
                reason = "Waiting for board approval"
                extend_trial(editor, customer.id, expected_end=day, reason=reason)
    if sample.story in CONVERTED:
        _convert(editor, customer, sample)
    _import_last_night(editor, customer)
    if sample.story == S.SUSPENDED:
        with clock.moved_by(-timedelta(days=4)):
            suspend(editor, customer.id, reason="Invoice unpaid")
    if sample.story == S.DIRECT:
        Customer.objects.filter(id=customer.id).update(source=Source.DIRECT)


def _import_last_night(editor: Actor, customer: Customer) -> None:
    with clock.moved_by(-timedelta(hours=7)):
        customer.refresh_from_db()
        if customer.onboarded_at is None or customer.status is not Status.ACTIVE:
            return
        if customer.onboarded_at > clock.now():
            # It is on board since this morning.
            return
        drive(request_import(editor, customer.id).id)


def _convert(editor: Actor, customer: Customer, sample: Sample) -> None:
    ends = clock.now() + timedelta(days=sample.left)
    with clock.moved_by(-timedelta(days=max(sample.age - 12, 0))):
        convert_to_production(
            editor,
            customer.id,
            expires_on=ends.date(),
            sku=sample.sku,
            add_ons=sample.add_ons,
        )
