"""Which notification addresses are refused: next to the field, never with an error page (F1)."""

import pytest
from django.test import Client

from pilotage.customers.models import Customer
from pilotage.kernel.errors import Invalid
from pilotage.mail.deliver import deliver
from pilotage.mail.models import Mail, MailState
from pilotage.onboarding import clean
from pilotage.onboarding.actions.resend_activation_link import resend_activation_link
from tests.cast import World
from tests.web.conftest import editor, sign_in

__all__ = ["editor", "sign_in"]
REFUSED = {
    "quoted": '"ada"@contoso.example',
    "quoted blank": '"ada lovelace"@contoso.example',
    "quoted control character": '"a\x01b"@contoso.example',
    "quoted quote": r'"a\"b"@contoso.example',
    "quoted line break": '"a\r\n Bcc: x"@contoso.example',
    "nul": "ada\x00@contoso.example",
    "line break": "ada@contoso.example\nBcc: eve@evil.example",
    "line break at the end": "ada@contoso.example\r\n",
    "tab": "\tada@contoso.example",
    "escape": "ada@contoso.example\x1b[2J",
    "next line": "ada\x85@contoso.example",
    "line separator": "ada\u2028@contoso.example",
    "direction": "ada\u202e@contoso.example",
    "zero width": "ada\u200b@contoso.example",
    "address literal": "ada@[127.0.0.1]",
    "two": "ada@contoso.example, eve@evil.example",
    "with a name": "Ada <ada@contoso.example>",
    "no domain": "ada@",
    "no name": "@contoso.example",
    "two dots": "ada..b@contoso.example",
    "too long": f"{'a' * 250}@contoso.example",
    "other letters": "adä@contoso.example",
    "lone surrogate": "ada\ud800@contoso.example",
}
TAKEN = ["o'neil+m365@contoso.example", "a!b@sub.contoso.example", " Ada@CONTOSO.example "]


@pytest.mark.parametrize("typed", REFUSED.values(), ids=REFUSED.keys())
def test_refused_with_a_sentence_for_the_field(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        clean.notification_email(typed)
    assert list(refused.value.fields) == ["notification_email"]


@pytest.mark.parametrize("typed", TAKEN)
def test_taken_and_sent(world: World, typed: str) -> None:
    customer = world.add_customer(notification_email=typed)
    assert customer.notification_email == clean.notification_email(typed)
    mail = Mail.objects.get(kind="activation")
    assert deliver(mail.id) is None
    mail.refresh_from_db()
    assert mail.state == MailState.SENT


def test_pages_and_resending_refuse_them_too(world: World, editor: Client) -> None:
    customer = world.add_customer()
    for typed in REFUSED.values():
        if "\ud800" in typed:
            continue  # no form can carry it
        form = {"organization_name": "Ada's", "notification_email": typed, "sku": "essentials"}
        answer = editor.post("/customers/add", form)
        if "\x00" in typed:  # refused with all forms that carry it
            assert answer.status_code == 400
            continue
        assert answer.status_code == 422, typed
        assert 'id="notification_email-error"' in answer.content.decode()
        with pytest.raises(Invalid):
            resend_activation_link(world.editor, customer.id, to=typed)
    assert Customer.objects.count() == Mail.objects.count() == 1
