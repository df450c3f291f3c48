"""Idempotency-Key."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction

from pilotage.api.forget_old_answers import KEPT_FOR, forget_old_answers
from pilotage.api.models import KeptAnswer
from pilotage.customers.models import Customer
from pilotage.events.models import Event
from pilotage.kernel import clock
from pilotage.kernel.actor import Role
from tests.api.conftest import Api, token_for
from tests.cast import World

NEW = {
    "organization_name": "Contoso",
    "notification_email": "admin@contoso.example",
    "sku": "essentials",
}


def test_a_repeated_request_has_one_effect_and_one_answer(editor: Api) -> None:
    first = editor.post("/customers", NEW, idempotency_key="k-1")
    again = editor.post("/customers", NEW, idempotency_key="k-1")
    assert (first.status, again.status, again.raw) == (201, 201, first.raw)
    assert (again.headers["ETag"], again.headers["Location"]) == (
        first.headers["ETag"],
        first.headers["Location"],
    )
    assert again.headers["Idempotent-Replayed"] == "true"
    assert Customer.objects.count() == 1
    assert Event.objects.filter(name="customer.added").count() == 1


def test_a_refusal_is_repeated_too(editor: Api) -> None:
    first = editor.post("/customers", {**NEW, "sku": "nope"}, idempotency_key="k-1")
    again = editor.post("/customers", {**NEW, "sku": "nope"}, idempotency_key="k-1")
    assert (first.status, again.raw) == (422, first.raw)


def test_another_request_with_the_key_is_refused(world: World, editor: Api) -> None:
    editor.post("/customers", NEW, idempotency_key="k-1")
    other = editor.post("/customers", {**NEW, "sku": "enterprise"}, idempotency_key="k-1")
    assert (other.status, other.code) == (422, "idempotency_key_reused")
    # Somebody else's key of the same name is another key.
    colleague = Api(token_for(world, world.stranger, Role.EDITOR))
    assert colleague.post("/customers", NEW, idempotency_key="k-1").status == 201


def test_it_is_kept_for_a_day_and_then_forgotten(editor: Api) -> None:
    first = editor.post("/customers", NEW, idempotency_key="k-1")
    start = clock.now()
    with clock.set_to(start + timedelta(hours=25)):
        assert forget_old_answers() == 0
        assert editor.post("/customers", NEW, idempotency_key="k-1").raw == first.raw
    with clock.set_to(start + KEPT_FOR + timedelta(seconds=1)):
        assert editor.post("/customers", NEW, idempotency_key="k-1").code == "already_pending"
        assert forget_old_answers() == 0
        assert KeptAnswer.objects.get().status == 409


@pytest.mark.parametrize("key", ["x" * 256, "a\tb", "ä"])
def test_a_key_has_to_be_plain(editor: Api, key: str) -> None:
    assert editor.post("/customers", NEW, idempotency_key=key).status == 400
    assert not Customer.objects.exists()


def test_secrets_are_never_kept(world: World, editor: Api) -> None:
    customer = world.add_customer()
    answers = [
        editor.post(f"/customers/{customer.id}/activation-link", idempotency_key="k-1")
        for _ in range(2)
    ]
    assert answers[0].body == answers[1].body
    assert "pla1_" in answers[0].body["activation_link"]
    assert not KeptAnswer.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_while_the_first_runs_the_second_is_told_so(world: World, editor: Api) -> None:
    is_locked, may_end = threading.Event(), threading.Event()

    def hold_the_partner() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select 1 from partners_partner for update")
            is_locked.set()
            may_end.wait(10)
        connections.close_all()

    def first_request() -> None:
        answers.append(editor.post("/customers", NEW, idempotency_key="k-1").status)
        connections.close_all()

    answers: list[int] = []
    threads = [threading.Thread(target=hold_the_partner), threading.Thread(target=first_request)]
    threads[0].start()
    assert is_locked.wait(10)
    threads[1].start()
    # The first is now inside add_customer, where it waits for the row that is held.
    with connection.cursor() as cursor:
        for _ in range(200):
            cursor.execute("select count(*) from pg_locks where not granted")
            if cursor.fetchone()[0]:
                break
            threading.Event().wait(0.02)
    second = editor.post("/customers", NEW, idempotency_key="k-1")
    may_end.set()
    for thread in threads:
        thread.join(10)
    assert (second.status, second.code, answers) == (409, "still_running", [201])
    assert Customer.objects.count() == 1
