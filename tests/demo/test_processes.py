"""The parts of `pilotage demo` that start, watch and end its processes."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from pilotage.demo.processes import environment
from pilotage.demo.processes.child import Child
from pilotage.demo.processes.errors import DemoFailed, DemoRunning, NoFreePort
from pilotage.demo.processes.place import Place, find_place
from pilotage.demo.processes.ports import choose_ports
from pilotage.demo.processes.secrets import keep_certificate, keep_secret

SLEEPER = "import subprocess, sys, time; subprocess.Popen(['sleep', '60']); time.sleep(60)"


def wait_for(is_so: Callable[[], object], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.02)


def child(tmp_path: Path, code: str) -> Child:
    made = Child("Web server", [sys.executable, "-c", code], dict(os.environ), tmp_path)
    made.start()
    return made


def members(session: int) -> list[int]:
    """All living processes of a session (proc(5): state and session follow the name)."""
    living = []
    for process, folder in processes():
        with suppress(FileNotFoundError, ProcessLookupError):
            state, _, _, of_session = (folder / "stat").read_text().rpartition(")")[2].split()[:4]
            if state != "Z" and int(of_session) == session:
                living.append(process)
    return living


def commands_with(text: str) -> list[bytes]:
    """The command lines of all processes that mention `text`."""
    found = []
    for _, folder in processes():
        with suppress(FileNotFoundError, ProcessLookupError):
            line = (folder / "cmdline").read_bytes()
            found += [line] if text.encode() in line else []
    return found


def processes() -> Iterator[tuple[int, Path]]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            yield int(folder.name), folder


def test_a_child_that_dies_is_started_again_after_a_pause_and_that_is_told(tmp_path: Path) -> None:
    web = child(tmp_path, "import time; time.sleep(60)")
    assert web.process and web.revive() == ""
    first = web.process.pid
    web.process.kill()
    wait_for(lambda: not web.is_running)
    assert re.fullmatch(r"Web server ended; starting it again in [\d.]+ s\. See .*", web.revive())
    assert web.revive() == ""
    said: list[str] = []
    wait_for(lambda: said.append(web.revive()) or said[-1])
    assert said[-1] == "Web server was started again."
    assert web.process.pid != first
    web.end(0)


def test_pauses_grow_for_a_child_that_never_stays(tmp_path: Path) -> None:
    web = child(tmp_path, "raise SystemExit(1)")
    pauses = []
    for _ in range(3):
        wait_for(lambda: not web.is_running)
        web.revive()
        pauses.append(web.pause)
        web.due = time.monotonic()
        web.revive()
    assert pauses == sorted(pauses) and len(set(pauses)) == 3
    web.end(0)


def test_ending_a_child_ends_all_it_has_started(tmp_path: Path) -> None:
    web = child(tmp_path, f"import signal; signal.signal(15, signal.SIG_IGN); {SLEEPER}")
    assert web.process
    session = web.process.pid
    wait_for(lambda: len(members(session)) == 2)
    web.ask_to_end()
    web.end(time.monotonic() + 0.2)
    wait_for(lambda: members(session) == [])


def test_a_child_does_not_outlive_a_killed_demo(tmp_path: Path) -> None:
    code = f"""
import os, sys, time; sys.path.insert(0, "src")
from pathlib import Path
from pilotage.demo.processes.child import Child
child = Child("Worker", ["sleep", "60"], dict(os.environ), Path({str(tmp_path)!r}))
child.start(); print(child.process.pid, flush=True); time.sleep(60)
"""
    demo = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert demo.stdout
    session = int(demo.stdout.readline())
    assert members(session)
    demo.kill()
    demo.communicate()
    wait_for(lambda: members(session) == [])


def test_what_fails_is_shown_with_the_end_of_its_log(tmp_path: Path) -> None:
    web = child(tmp_path, "raise SystemExit('PILOTAGE_BASE_URL is missing.')")
    wait_for(lambda: not web.is_running)
    with pytest.raises(DemoFailed, match=r"(?s)Web server did not start.*\| PILOTAGE_BASE_URL is"):
        web.check()
    with pytest.raises(DemoFailed, match="Web server failed"):
        web.finish(5, lambda line: None)
    slow = child(tmp_path, "import time; time.sleep(60)")
    with pytest.raises(DemoFailed, match="took longer than 0 s"):
        slow.finish(0, lambda line: None)
    slow.end(0)


def test_logs_are_bounded_and_those_of_the_last_start_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pilotage.demo.processes.child.LARGEST_LOG", 1000)
    web = child(tmp_path, "import time; print('x' * 2000, flush=True); time.sleep(60)")
    wait_for(lambda: web.log.stat().st_size > 1000)
    web.revive()
    assert web.log.stat().st_size == 0
    assert web.older_log.stat().st_size > 1000
    web.end(0)


def test_a_busy_port_is_passed_over_and_the_others_stay(tmp_path: Path) -> None:
    remembered = tmp_path / "ports.json"
    with socket.create_server(("127.0.0.1", 0)) as busy:
        wanted = busy.getsockname()[1]
        first = choose_ports(remembered, wanted)
        assert wanted < first.web <= wanted + 50
    again = choose_ports(remembered, wanted)
    assert again.web == wanted
    assert again.simulator == first.simulator
    with pytest.raises(NoFreePort):
        choose_ports(remembered, 70_000)


def test_only_one_demo_runs_in_a_folder(tmp_path: Path) -> None:
    two_at_once = pytest.raises(DemoRunning, match=f"process {os.getpid()}")
    with Place(tmp_path).alone(), two_at_once, Place(tmp_path).alone():
        pytest.fail("two at once")
    with Place(tmp_path).alone():
        pass


def test_the_demo_takes_no_settings_of_another_installation(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PILOTAGE_DATABASE_URL", "postgresql://production")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example")
    clean = environment.clean_environment()
    assert not [name for name in clean if name.startswith("PILOTAGE_")]
    assert "HTTPS_PROXY" not in clean
    monkeypatch.setenv("PILOTAGE_DATA_DIR", str(tmp_path))
    assert find_place().path == tmp_path


def test_secrets_are_made_once_and_nobody_else_can_read_them(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.create()
    ca_file = tmp_path / "ca.pem"
    ca_file.write_text("")
    made = environment.make_settings(
        place,
        base_url="http://localhost:8000",
        database_url="postgresql:///x",
        smtp_url="smtp://127.0.0.1:1025",
        microsoft_url="https://localhost:9443",
        ca_file=ca_file,
    )
    environment.write_settings(place.settings, made)
    for path in (*place.secrets.iterdir(), place.settings):
        if path.name != "authorities.pem":
            assert path.stat().st_mode & 0o077 == 0, path
    key, pem = place.secrets / "secret-key", place.secrets / "import.pem"
    before = key.read_text(), pem.read_text()
    assert len(before[0]) >= 50
    assert (keep_secret(key).read_text(), keep_certificate(pem).read_text()) == before
    shell = subprocess.run(
        ["sh", "-c", f"set -a; . '{place.settings}'; printenv PILOTAGE_BASE_URL"],
        capture_output=True, text=True,
    )  # fmt: skip
    assert shell.stdout == "http://localhost:8000\n"


def test_a_reset_deletes_the_demos_data_and_nothing_else(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.create()
    (place.mailbox / "mail.eml").touch()
    (tmp_path / "tests").mkdir()
    place.reset()
    assert [path.name for path in tmp_path.iterdir()] == ["tests"]


def test_ctrl_c_while_it_starts_ends_it_without_a_trace(tmp_path: Path) -> None:
    demo = subprocess.Popen(
        [sys.executable, "-m", "pilotage", "demo", "--port", "18000"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": "src", "PILOTAGE_DATA_DIR": str(tmp_path / "data")},
    )
    wait_for(lambda: (tmp_path / "data" / "logs" / "mailbox.log").exists(), 60)
    demo.send_signal(signal.SIGINT)
    out, err = demo.communicate(timeout=30)
    assert (demo.returncode, err) == (0, "")
    assert out.endswith("Stopped. The data are kept; the next start goes on with them.\n")
    assert commands_with(str(tmp_path)) == []
