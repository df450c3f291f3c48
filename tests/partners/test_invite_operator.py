"""Invite operator."""

import pytest

from pilotage.events.models import Event
from pilotage.kernel import clock
from pilotage.kernel.actor import Role
from pilotage.kernel.errors import Forbidden, Invalid
from pilotage.mail.kinds import NoLongerWanted, get_kind
from pilotage.mail.models import Mail
from pilotage.partners.actions.create_api_token import create_api_token
from pilotage.partners.actions.invite_operator import invite_operator
from pilotage.partners.actions.set_up_operator import set_up_operator
from pilotage.partners.api_tokens import actor_for_bearer
from pilotage.partners.errors import EmailTaken, PeopleOnly
from pilotage.partners.models import Operator
from pilotage.partners.queries import PartnerNotFound
from pilotage.partners.set_up_link import VALID_FOR, find_operator
from tests.cast import PASSWORD, World

NEW = {"email": "Kim@Harbour.example", "name": "Kim New", "role": Role.EDITOR}


def test_the_invitation_carries_a_link_that_is_stored_nowhere(world: World) -> None:
    operator = invite_operator(world.admin, partner_id=world.harbour.id, **NEW)
    assert (operator.email, operator.set_up_at) == ("kim@harbour.example", None)
    assert not operator.has_usable_password()
    mail = Mail.objects.get(to="kim@harbour.example")
    letter = get_kind(mail.kind).render(mail)
    token = letter.text.split("#t=")[1].split()[0]
    assert find_operator(token) == operator
    assert token in letter.html
    stored = "".join(str(list(m.objects.values())) for m in (Mail, Operator, Event))
    assert token not in stored
    assert token.rpartition("_")[2] not in stored


def test_the_mail_is_dropped_once_it_has_lost_its_point(world: World) -> None:
    invite_operator(world.admin, partner_id=world.harbour.id, **NEW)
    mail = Mail.objects.get(to="kim@harbour.example")
    with clock.moved_by(VALID_FOR), pytest.raises(NoLongerWanted):
        get_kind(mail.kind).render(mail)
    token = get_kind(mail.kind).render(mail).text.split("#t=")[1].split()[0]
    set_up_operator(world.admin, token=token, password=PASSWORD)
    with pytest.raises(NoLongerWanted):
        get_kind(mail.kind).render(mail)


def test_an_address_is_taken_in_any_case(world: World) -> None:
    with pytest.raises(EmailTaken):
        invite_operator(
            world.admin, partner_id=world.harbour.id, **{**NEW, "email": "EDDA@harbour.example"}
        )
    assert not Event.objects.filter(name="operator.invited").exists()


@pytest.mark.parametrize(("change", "field"), [({"email": "kim"}, "email"), ({"name": ""}, "name")])
def test_what_is_entered_is_checked(world: World, change: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        invite_operator(world.admin, partner_id=world.harbour.id, **{**NEW, **change})
    assert list(refused.value.fields) == [field]


def test_only_admins_invite_and_no_token_does(world: World) -> None:
    with pytest.raises(Forbidden):
        invite_operator(world.editor, partner_id=world.harbour.id, **NEW)
    with pytest.raises(PartnerNotFound):
        invite_operator(world.stranger, partner_id=world.harbour.id, **NEW)
    _, text = create_api_token(world.admin, name="Script", role=Role.ADMIN)
    with pytest.raises(PeopleOnly):
        invite_operator(actor_for_bearer(text), partner_id=world.harbour.id, **NEW)
