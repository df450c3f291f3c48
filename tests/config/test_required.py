"""Wrong or missing settings stop the start with one clear sentence each."""

from pathlib import Path

import pytest

from pilotage.config import environment, required
from pilotage.config.microsoft import microsoft_settings
from pilotage.kernel.errors import SettingsError

GOOD = {
    "PILOTAGE_SECRET_KEY": "k" * 50,
    "PILOTAGE_BASE_URL": "https://portal.example.com",
    "PILOTAGE_EMAIL_URL": "smtp://mail.example.com",
    "PILOTAGE_MICROSOFT_SIGNIN_CLIENT_ID": "6a1f0c55-8e8b-4c0e-9d55-1f4f0b5f0001",
    "PILOTAGE_MICROSOFT_SIGNIN_CLIENT_SECRET": "s" * 30,
    "PILOTAGE_MICROSOFT_IMPORT_CLIENT_ID": "6a1f0c55-8e8b-4c0e-9d55-1f4f0b5f0002",
    "PILOTAGE_MICROSOFT_IMPORT_CLIENT_SECRET": "s" * 30,
}


def missing(command: str, **changes: str) -> list[str]:
    values = environment.read({**GOOD, **changes})
    return required.missing(values, microsoft_settings(values), command)  # type: ignore[arg-type]


def test_a_whole_set_lacks_nothing() -> None:
    assert missing("serve") == missing("worker") == []


@pytest.mark.parametrize("name", GOOD)
def test_each_missing_setting_is_named_once(name: str) -> None:
    said = missing("serve", **{name: ""}) + missing("worker", **{name: ""})
    assert said
    assert all(sentence.startswith(name) or "IMPORT_CERTIFICATE" in sentence for sentence in said)
    assert all(sentence.endswith(".") for sentence in said)


def test_each_command_needs_its_own_credential_only() -> None:
    assert missing("serve", PILOTAGE_MICROSOFT_IMPORT_CLIENT_SECRET="") == []
    assert missing("worker", PILOTAGE_MICROSOFT_SIGNIN_CLIENT_SECRET="") == []
    assert missing("worker", PILOTAGE_MICROSOFT_IMPORT_CLIENT_SECRET="") != []


def test_a_short_key_is_refused_without_being_told() -> None:
    (sentence,) = missing("serve", PILOTAGE_SECRET_KEY="hunter2" * 7)
    assert "49 characters" in sentence
    assert "hunter2" not in sentence


@pytest.mark.parametrize(
    "address",
    [
        "portal.example.com",
        "http://portal.example.com",
        "https://portal.example.com/path",
        "https://user@portal.example.com",
        "https://portal.example.com:99999",
        "https://",
        "http://[",
        "ftp://localhost",
    ],
)
def test_an_address_that_no_link_can_be_made_from(address: str) -> None:
    with pytest.raises(SettingsError) as refused:
        required.check_base_url({"PILOTAGE_BASE_URL": address})
    assert len(refused.value.sentences) == 1


@pytest.mark.parametrize(
    "address", ["https://portal.example.com/", "http://localhost:8000", "http://[::1]:80", ""]
)
def test_an_address_that_will_do(address: str) -> None:
    required.check_base_url({"PILOTAGE_BASE_URL": address})


def test_an_unknown_cloud_names_those_there_are() -> None:
    values = environment.read({**GOOD, "PILOTAGE_MICROSOFT_CLOUD": "mars"})
    with pytest.raises(SettingsError, match="global"):
        microsoft_settings(values)


def test_a_value_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("f" * 60 + "\n")
    named = {"PILOTAGE_SECRET_KEY_FILE": str(file)}
    assert environment.read(named)["PILOTAGE_SECRET_KEY"] == "f" * 60
    for wrong in ({**named, "PILOTAGE_SECRET_KEY": "x"}, {"PILOTAGE_SECRET_KEY_FILE": "/nowhere"}):
        with pytest.raises(SettingsError):
            environment.read(wrong)
