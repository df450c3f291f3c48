"""Create owner."""

import pytest

from pilotage.kernel.actor import Role, system_actor
from pilotage.kernel.errors import Forbidden
from pilotage.mail.models import Mail
from pilotage.partners.actions.create_owner import create_owner
from pilotage.partners.errors import EmailTaken
from pilotage.partners.models import Partner
from pilotage.partners.models.partner import PartnerKind
from tests.cast import World

OWNER = {"email": "olga@quay.example", "name": "Olga Owner", "organization": "Quay Software"}


@pytest.mark.django_db
def test_the_first_owner_comes_with_the_provider_and_without_a_password() -> None:
    operator = create_owner(system_actor("command line"), **OWNER)
    provider = Partner.objects.get()
    assert (provider.kind, provider.name) == (PartnerKind.PROVIDER, "Quay Software")
    assert (operator.partner, operator.role) == (provider, Role.ADMIN.value)
    assert not operator.has_usable_password()
    assert not Mail.objects.exists()
    second = create_owner(
        system_actor("command line"), email="otto@quay.example", name="Otto", organization="Other"
    )
    assert second.partner == provider
    with pytest.raises(EmailTaken):
        create_owner(system_actor("command line"), **OWNER)


def test_a_partner_cannot_make_owners(world: World) -> None:
    for actor in (world.admin, world.stranger):
        with pytest.raises(Forbidden):
            create_owner(actor, **OWNER)
