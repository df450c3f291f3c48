"""Whatever is killed, the next one to ask gets a server with all that was committed."""

import os
from pathlib import Path
from shutil import rmtree

from tests.local_postgres.conftest import (
    another_process,
    ask,
    is_alive,
    keep_something,
    kept,
    kill,
    postmaster,
    start,
    supervisor,
    wait_for,
)


def test_a_killed_postmaster_comes_back_by_itself(data_dir: Path) -> None:
    url = start(data_dir, durable=True)
    keep_something(url)
    killed = postmaster(data_dir)
    kill(killed)
    wait_for(lambda: (data_dir / "ready.json").exists() and postmaster(data_dir) != killed)
    assert start(data_dir, durable=True) == url
    assert kept(url)


def test_the_server_ends_with_its_supervisor_and_the_next_caller_starts_another(
    data_dir: Path,
) -> None:
    url = start(data_dir, durable=True)
    keep_something(url)
    old_server, old_supervisor = postmaster(data_dir), supervisor(data_dir)
    kill(old_supervisor)
    assert start(data_dir, durable=True) == url
    assert not is_alive(old_server)
    assert supervisor(data_dir) != old_supervisor
    assert kept(url)


def test_after_everything_was_killed_the_stale_lock_file_is_no_obstacle(data_dir: Path) -> None:
    url = start(data_dir, durable=True)
    keep_something(url)
    kill(supervisor(data_dir), postmaster(data_dir))
    # As after a restart of the machine: the number in the lock file is somebody else's now.
    lock_file = data_dir / "cluster" / "postmaster.pid"
    lines = lock_file.read_text().splitlines()
    lock_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    assert start(data_dir, durable=True) == url
    assert kept(url)


def test_a_starter_that_is_killed_leaves_the_way_free(empty_dir: Path) -> None:
    first = another_process(empty_dir, "")
    wait_for(lambda: (empty_dir / "cluster.new").exists())
    first.kill()
    first.communicate()
    assert ask(start(empty_dir), "select 1") == 1


def test_a_server_whose_folder_is_deleted_ends(empty_dir: Path) -> None:
    start(empty_dir)
    server = postmaster(empty_dir)
    rmtree(empty_dir)
    wait_for(lambda: not is_alive(server))
    assert ask(start(empty_dir), "select 1") == 1
