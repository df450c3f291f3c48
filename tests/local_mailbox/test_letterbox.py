"""What is kept, and for how long."""

from pathlib import Path

from local_mailbox.letterbox import Letterbox


def mail(number: int) -> bytes:
    return f"Subject: Number {number}\r\n\r\nText\r\n".encode()


def subjects(letterbox: Letterbox) -> list[str]:
    return [kept.subject for kept in letterbox.newest()]


def test_only_the_newest_are_kept_also_on_disk(tmp_path: Path) -> None:
    letterbox = Letterbox(tmp_path, most=3)
    for number in range(5):
        letterbox.put(mail(number), "a@b.example", ["c@d.example"])
    assert subjects(letterbox) == ["Number 4", "Number 3", "Number 2"]
    assert len(list((tmp_path / "mails").iterdir())) == 3


def test_mails_are_there_again_after_a_restart(tmp_path: Path) -> None:
    kept_id = Letterbox(tmp_path).put(mail(1), "a@b.example", ["c@d.example", "e@f.example"])
    (tmp_path / "mails" / "half.new").write_bytes(b"Subject: half writ")
    again = Letterbox(tmp_path)
    found = again.find(kept_id)
    assert found is not None
    assert found[0].envelope.recipients == ("c@d.example", "e@f.example")
    assert len(again) == 1


def test_an_address_cannot_add_lines_to_the_envelope(tmp_path: Path) -> None:
    letterbox = Letterbox(tmp_path)
    letterbox.put(mail(1), "a@b.example\r\nDelivered-To: x", ["c@d.example\nSubject: forged"])
    kept = letterbox.newest()[0]
    assert kept.subject == "Number 1"
    assert kept.envelope.recipients == ("c@d.exampleSubject: forged",)


def test_searching_looks_at_subject_addresses_and_first_words(tmp_path: Path) -> None:
    letterbox = Letterbox(tmp_path)
    letterbox.put(mail(1), "a@b.example", ["c@d.example"])
    letterbox.put(mail(2), "a@b.example", ["e@f.example"])
    assert [k.subject for k in letterbox.newest(words="NUMBER 2")] == ["Number 2"]
    assert [k.subject for k in letterbox.newest(words="c@d")] == ["Number 1"]
    assert letterbox.newest(words="elsewhere") == []
