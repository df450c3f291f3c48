"""Mails come in over SMTP and can be read as JSON."""

import smtplib
from datetime import UTC, datetime, timedelta

import pytest

from tests.local_mailbox.conftest import Box, letter


def test_mails_are_listed_newest_first_and_by_recipient(box: Box) -> None:
    box.send("ada@wide.example", subject="First")
    box.send("Ben@Fabrikam.example", subject="Ünïcode ✓ 株式会社")
    assert [mail["subject"] for mail in box.mails()] == ["Ünïcode ✓ 株式会社", "First"]
    only = box.mails("?to=ben@fabrikam.EXAMPLE")
    assert [mail["to"] for mail in only] == [["Ben@Fabrikam.example"]]
    assert box.mails("?to=ben") == []
    age = datetime.now(UTC) - datetime.fromisoformat(only[0]["received_at"])
    assert timedelta(0) <= age < timedelta(minutes=1)


def test_one_mail_is_shown_with_both_texts_and_its_links(box: Box) -> None:
    html = '<p>Open <a href="https://portal.example/b?x=1&amp;y=2">this</a></p>'
    box.send(text="See https://portal.example/a.", html=html)
    mail = box.ask("GET", f"/api/messages/{box.mails()[0]['id']}").json
    assert mail["text"].strip() == "See https://portal.example/a."
    assert mail["html"].strip() == html
    assert mail["links"] == ["https://portal.example/a", "https://portal.example/b?x=1&y=2"]
    assert ["Subject", "Hello"] in mail["headers"]


def test_recipients_are_those_of_the_envelope(box: Box) -> None:
    message = letter("shown@wide.example")
    message["Delivered-To"] = "forged@wide.example"
    with smtplib.SMTP("127.0.0.1", box.smtp_port, timeout=3) as smtp:
        smtp.send_message(message, to_addrs=["hidden@wide.example", "other@wide.example"])
    assert [mail["to"] for mail in box.mails()] == [["hidden@wide.example", "other@wide.example"]]


def test_broken_mails_are_readable_all_the_same(box: Box) -> None:
    broken = (
        b"Subject: =?utf-8?q?=ff=fe?=\xff\r\nContent-Type: text/plain; charset=nope\r\n\r\n\xe4"
    )
    with smtplib.SMTP("127.0.0.1", box.smtp_port, timeout=3) as smtp:
        smtp.sendmail("", ["ada@wide.example"], broken)
        smtp.sendmail("a@b.example", ["ada@wide.example"], b"no header at all")
    for mail in box.mails():
        assert box.ask("GET", f"/api/messages/{mail['id']}").status == 200
        assert box.ask("GET", f"/messages/{mail['id']}").status == 200
        assert box.ask("GET", f"/messages/{mail['id']}/source").status == 200


def test_deleting_all_and_asking_for_what_is_gone(box: Box) -> None:
    box.send()
    gone = box.mails()[0]["id"]
    assert box.ask("DELETE", "/api/messages").json == {"deleted": 1}
    assert box.mails() == []
    assert box.ask("GET", f"/api/messages/{gone}").status == 404
    assert box.ask("GET", f"/messages/{gone}").status == 404
    assert box.ask("GET", "/messages/..%2f..%2fready/source").status == 404


@pytest.mark.parametrize("mode", ["450", "550", "554"])
def test_a_refusal_reaches_the_sender(box: Box, mode: str) -> None:
    box.behave(mode)
    with pytest.raises(smtplib.SMTPException) as refused:
        box.send()
    error = refused.value
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next(iter(error.recipients.values()))[0]
    else:
        assert isinstance(error, smtplib.SMTPDataError)
        code = error.smtp_code
    assert code == int(mode)
    assert box.mails() == []


def test_one_address_is_always_refused(box: Box) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused, match="550"):
        box.send("no-such-mailbox@wide.example")


def test_hanging_up_loses_the_mail_or_only_the_answer(box: Box) -> None:
    box.behave("drop")
    with pytest.raises(smtplib.SMTPServerDisconnected):
        box.send()
    assert box.mails() == []
    box.behave("accept_and_drop")
    with pytest.raises(smtplib.SMTPServerDisconnected):
        box.send()
    assert len(box.mails()) == 1


def test_a_hanging_server_answers_others(box: Box) -> None:
    box.behave("hang", times=1)
    with smtplib.SMTP("127.0.0.1", box.smtp_port, timeout=0.5) as smtp:
        with pytest.raises(smtplib.SMTPServerDisconnected, match="timed out"):
            smtp.send_message(letter(subject="Hangs"))
        box.send(subject="Goes through")
    assert [mail["subject"] for mail in box.mails()] == ["Goes through"]


def test_a_failure_can_be_limited_in_number(box: Box) -> None:
    assert box.behave("450", times=1).json["times"] == 1
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        box.send()
    box.send()
    assert len(box.mails()) == 1


def test_an_unknown_behaviour_is_refused(box: Box) -> None:
    assert box.behave("explode").status == 422
    assert box.behave("450", times=0).status == 422
    assert box.ask("POST", "/api/behaviour", b"[]").status == 400
    assert box.ask("GET", "/api/behaviour").json["mode"] == "accept"
