"""The activation link through the API."""

from pilotage.events.models import Event
from pilotage.mail.models import Mail
from tests.api.conftest import Api
from tests.cast import World


def test_copy_resend_revoke_cancel(world: World, editor: Api) -> None:
    customer = world.add_customer()
    address = f"/customers/{customer.id}"
    first = editor.post(f"{address}/activation-link").body["activation_link"]
    assert first.startswith("http://localhost:8000/activate#t=pla1_")
    sent = editor.post(f"{address}/activation-link/resend", {"to": "it@wideworld.example"})
    assert sent.body["onboarding"]["step"] == "invited"
    newer = editor.post(f"{address}/activation-link").body["activation_link"]
    assert newer != first
    assert Mail.objects.filter(to="it@wideworld.example").exists()
    wrong = editor.post(f"{address}/activation-link/resend", {"to": "nobody"})
    assert (wrong.status, "notification_email" in wrong.body["error"]["fields"]) == (422, True)
    assert editor.send("DELETE", f"{address}/activation-link").status == 200
    assert editor.post(f"{address}/activation-link").status == 409
    canceled = editor.post(f"{address}/cancel-onboarding")
    assert canceled.body["onboarding"]["step"] == "canceled"
    assert editor.post(f"{address}/cancel-onboarding").status == 409
    told = [event["name"] for event in editor.get(f"{address}/events").body["items"]]
    assert told.count("activation.link_copied") == 2
    assert not Event.objects.filter(details__icontains="pla1_").exists()
