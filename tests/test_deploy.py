"""What the files under deploy/ name is there: settings, commands with their options, files.

They were not run here (deploy/README.md says how far each was checked), so a name that has changed
would be found by nobody else.
"""

import re
import shlex
from pathlib import Path

import pytest
import typer

from pilotage.cli.main import app
from pilotage.config.environment import SETTINGS

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
FILES = sorted(path for path in DEPLOY.rglob("*") if path.is_file())
KNOWN = {name for setting in SETTINGS for name in (setting.name, f"{setting.name}_FILE")}
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
COMPOSE = (DEPLOY / "compose.yaml").read_text()
# By name, what stands below it, of the services that run our image.
SERVICES = {
    name: text
    for name, text in re.findall(r"^  (\w+):\n((?:    .*\n|\n)+)", COMPOSE, re.M)
    if "<<: *pilotage\n" in text
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_only_settings_that_there_are(path: Path) -> None:
    assert set(re.findall(r"\bPILOTAGE_[A-Z_]+", path.read_text())) <= KNOWN


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_services_start_commands_that_there_are(unit: Path) -> None:
    (start,) = re.findall(r"^ExecStart=(.+)$", unit.read_text(), re.M)
    program, *arguments = shlex.split(start)
    assert program.endswith("/.venv/bin/pilotage")
    parsed(arguments)


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_each_credential_that_a_setting_names_is_loaded(unit: Path) -> None:
    text = unit.read_text()
    loaded = set(re.findall(r"^LoadCredential=([a-z-]+):", text, re.M))
    assert set(re.findall(r"=%d/([a-z-]+)$", text, re.M)) == loaded


@pytest.mark.parametrize("name", SERVICES)
def test_containers_run_commands_that_there_are(name: str) -> None:
    (command,) = re.findall(r"command: \[(.+)\]", SERVICES[name])
    parsed([word.strip(' "') for word in command.split(",")])


@pytest.mark.parametrize("name", SERVICES)
def test_containers_get_the_secrets_that_they_read(name: str) -> None:
    (given,) = re.findall(r"secrets: \[(.+)\]", SERVICES[name])
    (shared,) = re.findall(r"^x-shared: &shared\n((?:  .*\n)+)", COMPOSE, re.M)
    read = re.findall(r"/run/secrets/([a-z-]+)", shared + SERVICES[name])
    assert sorted(read) == sorted(given.split(", "))
    (declared,) = re.findall(r"^secrets:\n((?:  .*\n)+)", COMPOSE, re.M)
    assert set(read) <= set(re.findall(r"^  ([a-z-]+):", declared, re.M))


def test_the_image_copies_what_there_is() -> None:
    text = (DEPLOY / "Dockerfile").read_text()
    for line in re.findall(r"^COPY (.+) \S+$", text, re.M):
        for source in line.split():
            assert (ROOT / source).exists(), source
    for script in re.findall(r"^RUN (tools/\S+)", text, re.M):
        assert (ROOT / script).stat().st_mode & 0o100, script
    assert set(SERVICES) == {"migrate", "web", "worker"}
    for named in re.findall(r"(?:dockerfile|env_file): (\S+)", COMPOSE):
        assert (ROOT / named).exists() or (DEPLOY / named).exists(), named


def parsed(arguments: list[str]) -> None:
    """Raises typer's errors for a command or an option that there is not; runs nothing."""
    (name, *rest), commands = arguments, typer.main.get_command(app).commands  # type: ignore[attr-defined]
    commands[name].make_context(name, rest)
