"""Extend several trials."""

from datetime import timedelta

import pytest

from pilotage.customers.actions.extend_trials import extend_trials, preview_extend_trials
from pilotage.customers.models import AccountType
from pilotage.events.models import Event
from pilotage.kernel.errors import Forbidden
from tests.cast import World


def test_each_row_has_its_own_result(world: World) -> None:
    trial = world.add_customer(organization_name="Contoso")
    production = world.add_customer(organization_name="Fabrikam")
    production.account_type = AccountType.PRODUCTION
    production.save()
    first, second = preview_extend_trials(world.editor, [production.id, trial.id])
    assert (first.customer, second.code) == (trial, "not_a_trial")
    day = first.new_end_day
    assert day is not None
    results = extend_trials(world.editor, {trial.id: day, production.id: day}, reason="Board")
    assert [r.new_end_day for r in results] == [day, None]
    assert results[1].code == "not_a_trial" and "no trial to extend" in results[1].reason
    assert trial.trial_extensions.get().reason == "Board"
    assert Event.objects.filter(name="customer.trial_extended").count() == 1


def test_a_date_that_was_not_shown_is_refused_for_that_row_only(world: World) -> None:
    one = world.add_customer(organization_name="Contoso")
    other = world.add_customer(organization_name="Fabrikam")
    shown = preview_extend_trials(world.editor, [one.id])[0].new_end_day
    assert shown is not None
    wrong = shown + timedelta(days=1)
    results = extend_trials(world.editor, {one.id: shown, other.id: wrong})
    assert [r.code for r in results] == ["", "end_date_changed"]


def test_a_stranger_extends_nothing_and_a_viewer_is_refused(world: World) -> None:
    customer = world.add_customer()
    assert preview_extend_trials(world.stranger, [customer.id]) == []
    assert extend_trials(world.stranger, {customer.id: customer.expires_at.date()}) == []
    with pytest.raises(Forbidden):
        preview_extend_trials(world.viewer, [customer.id])
    with pytest.raises(Forbidden):
        extend_trials(world.viewer, {})
    assert not customer.trial_extensions.exists()
