"""The received mails: one .eml file each, the newest 500 of them."""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from local_mailbox.reading import Envelope, Mail, open_mail

MOST = 500
_ID = re.compile(r"\d{8}T\d{12}-[0-9a-f]{6}")


@dataclass(frozen=True)
class Kept:
    """One mail of the list; `id` sorts by time of arrival."""

    id: str
    received_at: datetime
    envelope: Envelope
    subject: str
    preview: str
    size: int


class Letterbox:
    """The mails under `state_dir`/mails, also those of earlier runs."""

    def __init__(self, state_dir: Path, most: int = MOST) -> None:
        self.folder, self.most = state_dir / "mails", most
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.version = 0
        files = sorted(path for path in self.folder.glob("*.eml") if _ID.fullmatch(path.stem))
        self._kept = {path.stem: _summary(path.stem, path.read_bytes()) for path in files}
        self._forget_oldest()

    def put(self, content: bytes, sender: str, recipients: Iterable[str]) -> str:
        """Keep a mail with its envelope in front, as delivered mail has it; gives its id."""
        now = datetime.now(UTC)
        mail_id = f"{now:%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}"
        lines = [f"Return-Path: <{_one_line(sender)}>"]
        lines += [f"Delivered-To: {_one_line(recipient)}" for recipient in recipients]
        whole = "".join(f"{line}\r\n" for line in lines).encode() + content
        path = self._path(mail_id)
        new = path.with_suffix(".new")
        new.write_bytes(whole)
        new.rename(path)
        self._kept[mail_id] = _summary(mail_id, whole)
        self.version += 1
        self._forget_oldest()
        return mail_id

    def newest(self, *, to: str = "", words: str = "") -> list[Kept]:
        """The newest first: those sent to exactly `to`, and with `words` in sight."""
        return [
            kept
            for kept in reversed(self._kept.values())
            if _is_for(kept, to) and words.casefold() in _visible(kept)
        ]

    def find(self, mail_id: str) -> tuple[Kept, Mail] | None:
        """One mail, taken apart; None if it is not (or no longer) kept."""
        source = self.source(mail_id)
        return None if source is None else (self._kept[mail_id], open_mail(source))

    def source(self, mail_id: str) -> bytes | None:
        """One mail as it came; None if it is not kept."""
        return self._path(mail_id).read_bytes() if mail_id in self._kept else None

    def clear(self) -> int:
        """Delete all mails; how many there were."""
        count = len(self._kept)
        for mail_id in list(self._kept):
            self._forget(mail_id)
        self.version += 1
        return count

    def __len__(self) -> int:
        return len(self._kept)

    def _forget_oldest(self) -> None:
        for mail_id in list(self._kept)[: -self.most]:
            self._forget(mail_id)

    def _forget(self, mail_id: str) -> None:
        self._path(mail_id).unlink(missing_ok=True)
        del self._kept[mail_id]

    def _path(self, mail_id: str) -> Path:
        return self.folder / f"{mail_id}.eml"


def _summary(mail_id: str, whole: bytes) -> Kept:
    mail = open_mail(whole)
    when = datetime.strptime(mail_id[:21], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)
    return Kept(mail_id, when, mail.envelope, mail.subject, mail.preview, len(whole))


def _is_for(kept: Kept, to: str) -> bool:
    return not to or to.casefold() in {one.casefold() for one in kept.envelope.recipients}


def _visible(kept: Kept) -> str:
    envelope = kept.envelope
    return " ".join([kept.subject, kept.preview, envelope.sender, *envelope.recipients]).casefold()


def _one_line(text: str) -> str:
    return "".join(character for character in text if character.isprintable())
