"""Many processes, one server."""

import time
from pathlib import Path

import pytest

import local_postgres
from local_postgres import PostgresError
from tests.local_postgres.conftest import (
    another_process,
    ask,
    is_alive,
    keep_something,
    kept,
    postmaster,
    start,
    supervisor,
    wait_for,
)


def test_the_server_is_made_and_answers_in_utf8_as_an_ordinary_role(empty_dir: Path) -> None:
    url = start(empty_dir)
    assert ask(url, "select current_database() || '/' || current_user") == "pilotage/pilotage"
    assert ask(url, "select lower('ÄŻ€Ω')") == "äż€ω"
    assert (
        ask(url, "select datlocprovider::text || datlocale from pg_database limit 1") == "bC.UTF-8"
    )
    assert ask(url, "select rolsuper from pg_roles where rolname = current_user") is False
    assert not (empty_dir / "cluster.new").exists()


def test_asking_again_is_cheap_and_gives_the_same_address(data_dir: Path) -> None:
    first = start(data_dir)
    began = time.perf_counter()
    assert {start(data_dir) for _ in range(100)} == {first}
    assert time.perf_counter() - began < 0.5


def test_a_second_process_shares_the_server(data_dir: Path) -> None:
    url = start(data_dir)
    server = postmaster(data_dir)
    other = another_process(data_dir, "print(url)")
    out, err = other.communicate(timeout=20)
    assert (out.strip(), err) == (url, "")
    assert postmaster(data_dir) == server


def test_processes_that_start_at_once_end_up_with_one_server(empty_dir: Path) -> None:
    others = [another_process(empty_dir, "print(url); sys.stdin.read()") for _ in range(4)]
    said = [other.communicate(timeout=60) for other in others]
    assert {err for _, err in said} == {""}
    assert len({out for out, _ in said}) == 1
    log = (empty_dir / "server.log").read_text()
    assert log.count("ready to accept connections") == 1


def test_it_stops_when_its_last_user_is_gone_even_if_killed(data_dir: Path) -> None:
    other = another_process(data_dir, "print('up', flush=True); time.sleep(60)")
    assert other.stdout and other.stdout.readline() == "up\n"
    server, its_supervisor = postmaster(data_dir), supervisor(data_dir)
    time.sleep(1.2)
    assert is_alive(server), "it has a user and must stay"
    other.kill()
    other.communicate()
    wait_for(lambda: not is_alive(server) and not is_alive(its_supervisor))
    assert "database system is shut down" in (data_dir / "server.log").read_text()


def test_stop_ends_it_under_its_users_and_the_data_stay(data_dir: Path) -> None:
    url = start(data_dir)
    keep_something(url)
    server = postmaster(data_dir)
    local_postgres.stop(data_dir)
    assert not is_alive(server)
    began = time.perf_counter()
    assert start(data_dir) == url
    assert time.perf_counter() - began < 2
    assert kept(url)


def test_a_path_too_long_for_a_socket_gets_a_short_private_one_that_stays(empty_dir: Path) -> None:
    deep = empty_dir / ("x" * 90) / ("y" * 90)
    url = start(deep)
    assert ask(url, "select 1") == 1
    folder = Path((deep / "socket-folder.txt").read_text())
    assert folder.stat().st_mode & 0o777 == 0o700
    local_postgres.stop(deep)
    assert start(deep) == url
    local_postgres.stop(deep)
    folder.rmdir()


def test_settings_count_for_who_starts_it(data_dir: Path) -> None:
    url = local_postgres.ensure_running(data_dir, settings={"work_mem": "7MB"}, durable=False)
    assert ask(url, "show work_mem") == "7MB"
    assert ask(url, "show fsync") == "off"


def test_a_wrong_setting_is_told_in_postgres_own_words(data_dir: Path) -> None:
    with pytest.raises(PostgresError, match="no_such_thing"):
        local_postgres.ensure_running(data_dir, settings={"no_such_thing": "1"}, durable=False)
    assert start(data_dir)


def test_data_of_another_version_are_left_alone(data_dir: Path) -> None:
    start(data_dir)
    local_postgres.stop(data_dir)
    version = data_dir / "cluster" / "PG_VERSION"
    version.write_text("17\n")
    with pytest.raises(PostgresError, match=r"made by PostgreSQL 17 .* this is PostgreSQL 18"):
        start(data_dir)
    version.write_text("18\n")


def test_a_half_made_data_directory_is_made_anew(empty_dir: Path) -> None:
    (empty_dir / "cluster.new").mkdir()
    (empty_dir / "cluster.new" / "PG_VERSION").write_text("18\n")
    assert ask(start(empty_dir), "select 1") == 1


def test_a_data_directory_that_cannot_be_used_is_told(data_dir: Path) -> None:
    (data_dir / "file").write_text("")
    with pytest.raises(PostgresError, match="cannot be used: Not a directory"):
        start(data_dir / "file" / "below")
