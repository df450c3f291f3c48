"""Owner, catalogue, partners, tokens, events, imports, doctor, and the start of web and worker."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from pilotage.customers.models import TenantConnection
from pilotage.imports.models import ImportRun
from pilotage.kernel.ids import new_id
from pilotage.microsoft.settings import MicrosoftSettings
from pilotage.partners.api_tokens import actor_for_bearer
from pilotage.partners.errors import WrongApiToken
from pilotage.partners.models import Partner
from pilotage.partners.set_up_link import find_operator
from tests.cast import World
from tests.cli.conftest import Pilotage
from tests.conftest import Running

SRC = str(Path(__file__).resolve().parents[2] / "src")


def process(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """`pilotage` in a process of its own, with nothing of ours in the environment."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PILOTAGE_")}
    return subprocess.run(
        [sys.executable, "-m", "pilotage", *arguments],
        env={**clean, "PYTHONPATH": SRC, **environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.django_db
def test_from_nothing_to_a_first_customer(pilotage: Pilotage, tmp_path: Path) -> None:
    owner = ("owner", "create", "--email", "olga@quay.example", "--name", "Olga", "--json")
    made = pilotage(*owner, "--organization", "Quay Software").json
    operator = find_operator(made["set_up_link"].partition("#t=")[2])
    assert operator is not None
    assert (operator.email, operator.has_usable_password()) == ("olga@quay.example", False)
    assert pilotage(*owner).json["error"]["code"] == "email_taken"
    renewed = pilotage(*owner, "--renew").json
    assert renewed["set_up_link"] != made["set_up_link"]
    assert find_operator(made["set_up_link"].partition("#t=")[2]) is None
    file = tmp_path / "catalogue.json"
    file.write_text(json.dumps({"skus": [{"code": "basic", "name": "Basic"}]}))
    assert pilotage("catalogue", "load", file).code == 0
    assert [s["code"] for s in pilotage("catalogue", "list", "--json").json] == ["basic"]
    added = pilotage("customers", "add", "Contoso", "--email", "a@c.example", "--sku", "basic")
    assert added.code == 0, added.err
    assert Partner.objects.get().name == "Quay Software"


@pytest.mark.django_db
def test_without_an_owner_it_says_what_to_do_first(pilotage: Pilotage) -> None:
    refused = pilotage("customers", "add", "Contoso", "--email", "a@c.example", "--sku", "x")
    assert "pilotage owner create" in refused.err


def test_tokens_partners_events(world: World, pilotage: Pilotage) -> None:
    text = pilotage("tokens", "create", "Script", "--partner", "Harbour Cloud").out.strip()
    assert actor_for_bearer(text).partner_id == world.harbour.id
    (token,) = pilotage("tokens", "list", "--json").json
    assert text not in str(token)
    assert pilotage("tokens", "revoke", token["id"]).code == 0
    with pytest.raises(WrongApiToken):
        actor_for_bearer(text)
    names = {p["name"] for p in pilotage("partners", "list", "--json").json}
    assert names == {"Quay Software", "Harbour Cloud", "Other Shore IT"}
    world.add_customer()
    events = pilotage("events", "list", "--customer", "Wide World Importers", "--json").json
    assert [e["name"] for e in events] == ["customer.added"]
    assert "API token" in pilotage("events", "list", "--name", "token.created").out


def test_operators(world: World, pilotage: Pilotage) -> None:
    kim = "kim@harbour.example"
    invited = pilotage(
        "operators", "invite", kim, "--name", "Kim", "--partner", "Harbour Cloud", "--json"
    ).json
    assert (invited["role"], invited["set_up_at"]) == ("viewer", None)
    assert pilotage("operators", "renew-link", kim).code == 0
    changed = pilotage("operators", "change-role", kim, "--role", "editor", "--json").json
    assert changed["role"] == "editor"
    assert pilotage("operators", "deactivate", kim).code == 0
    rows = {o["email"]: o for o in pilotage("operators", "list", "--json").json}
    assert (len(rows), rows[kim]["is_active"]) == (6, False)
    assert "operator_not_found" in pilotage("operators", "deactivate", "no@x.example").err


def test_imports(world: World, pilotage: Pilotage) -> None:
    customer = world.add_customer()
    refused = pilotage("imports", "run", customer.id, "--json")
    assert (refused.code, refused.json["error"]["code"]) == (1, "not_connected")
    TenantConnection.objects.create(customer=customer, tenant_id=new_id(), bound_by="Ada")
    run = pilotage("imports", "run", customer.id, "--json").json
    assert (run["status"], run["run_id"]) == ("queued", str(ImportRun.objects.get().id))
    assert {"read", "written", "removed", "errors", "seconds"} <= set(run["collectors"]["users"])
    twice = pilotage("imports", "run", customer.id, "--json")
    assert twice.json["error"]["code"] == "import_already_running"
    assert [r["run_id"] for r in pilotage("imports", "list", customer.id, "--json").json] == [
        run["run_id"]
    ]
    assert pilotage("imports", "cancel", run["run_id"]).code == 0
    ended = pilotage("imports", "show", run["run_id"], "--json")
    assert (ended.code, ended.json["status"]) == (1, "canceled")


def test_doctor_names_each_problem_and_its_remedy(
    world: World, pilotage: Pilotage, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    settings.SETTINGS_GIVEN |= {"PILOTAGE_EMAIL_URL"}
    settings.MICROSOFT = MicrosoftSettings(login_url="https://127.0.0.1:1", signin_client_id="x")
    ended = pilotage("doctor", "--json")
    assert ended.code == 1
    findings = {f["name"]: f for f in ended.json}
    assert findings["database"]["is_ok"] and findings["migrations"]["is_ok"]
    for name in ("mail server", "worker", "settings", "microsoft sign-in"):
        assert not findings[name]["is_ok"], name
        assert findings[name]["remedy"]
    assert "pilotage worker" in findings["worker"]["remedy"]


def test_doctor_tries_mail_server_and_microsoft_out(
    world: World, pilotage: Pilotage, settings: Any, simulator: Running, mailbox: Running
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    where = urlsplit(mailbox["smtp_url"])
    settings.EMAIL_HOST, settings.EMAIL_PORT = where.hostname, where.port
    settings.SETTINGS_GIVEN |= {"PILOTAGE_EMAIL_URL"}
    settings.MICROSOFT = MicrosoftSettings(
        signin_client_id="x", login_url=simulator["https_url"], ca_file=simulator["ca_file"]
    )
    findings = {f["name"]: f for f in pilotage("doctor", "--json").json}
    for name in ("mail server", "microsoft sign-in", "microsoft clock", "microsoft token"):
        assert findings[name]["is_ok"], findings[name]


def test_doctor_with_nothing_set_says_so_and_starts_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    ended = process("doctor", "--json", PILOTAGE_DATA_DIR=str(folder))
    assert ended.returncode == 1
    findings = {f["name"]: f for f in json.loads(ended.stdout)}
    assert set(findings) == {
        *("settings", "database", "mail server"),
        *("microsoft sign-in", "microsoft certificate"),
    }
    assert findings.pop("microsoft certificate")["is_ok"], "there is none that could end"
    for finding in findings.values():
        assert not finding["is_ok"] and finding["remedy"], finding
    for name in ("database", "mail server", "microsoft sign-in"):
        assert findings[name]["text"].startswith("not configured"), findings[name]
    assert str(folder / "postgres") in findings["database"]["text"]
    assert "https://login.microsoftonline.com" in findings["microsoft sign-in"]["text"]
    assert not folder.exists(), "no database was made, and none was started"


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_missing_settings_stop_the_start_with_a_sentence_each(command: str) -> None:
    ended = process(command, PILOTAGE_DATABASE_URL=os.environ["PILOTAGE_DATABASE_URL"])
    lines = ended.stderr.strip().splitlines()
    assert ended.returncode == 1, lines
    assert all(line.startswith("error: settings: ") and line.endswith(".") for line in lines)
    for name in ("SECRET_KEY", "BASE_URL", "EMAIL_URL", "IMPORT_CLIENT_ID"):
        assert (
            sum(f"PILOTAGE_{name} " in f"{line} " or f"_{name} is" in line for line in lines) == 1
        )
    assert "Traceback" not in ended.stderr


def test_a_database_that_is_not_there_is_one_sentence() -> None:
    ended = process("migrate", PILOTAGE_DATABASE_URL="postgresql://x:secret-word@127.0.0.1:1/x")
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
    assert ended.stderr.startswith("error: database_unreachable: ")
    assert "secret-word" not in ended.stderr


def test_help_loads_no_django() -> None:
    started = time.monotonic()
    code = (
        "import sys; sys.argv = ['pilotage', '--help']\n"
        "from pilotage.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: print('django' in sys.modules, 'pydantic' in sys.modules)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": SRC},
        capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert ended.stdout.strip().endswith("False False")
    for command in (
        "demo",
        "serve",
        "worker",
        "migrate",
        "simulator",
        "doctor",
        "owner",
        "customers",
        "imports",
        "events",
    ):
        assert f" {command} " in ended.stdout
    assert time.monotonic() - started < 10
