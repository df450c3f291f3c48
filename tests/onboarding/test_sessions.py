"""What is kept of a visit, and for how long."""

from datetime import timedelta

from pilotage.kernel import clock
from pilotage.onboarding.actions.open_link import open_link
from pilotage.onboarding.link_token import token_of
from pilotage.onboarding.models import ActivationSession, RedirectState
from pilotage.onboarding.sessions import forget_old_sessions, keep_state
from pilotage.onboarding.visitor import visitor
from tests.cast import World


def test_visits_are_forgotten_a_day_after_their_end(world: World) -> None:
    customer = world.add_customer()
    session, _ = open_link(visitor(), token_of(customer.activation_link))
    keep_state(session, RedirectState.Purpose.SIGN_IN, "state", verifier="verifier")
    with clock.moved_by(timedelta(hours=24)):
        assert forget_old_sessions() == 0
    with clock.moved_by(timedelta(hours=25)):
        assert forget_old_sessions() == 2
    assert not ActivationSession.objects.exists()
    assert not RedirectState.objects.exists()
