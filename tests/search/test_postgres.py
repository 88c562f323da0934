"""Several processes on one search, over a real PostgreSQL server."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from lib.dataset import Dataset
from lib.search import Search, SearchError, SearchSettings, read_history
from tests.search import jobs

PATIENCE = 120.0  # seconds, on a machine that is busy


def programs() -> Path:
    """Return the folder of the server's programs, the newest where there are several."""
    found = [Path(name).resolve().parent for name in [shutil.which("initdb")] if name]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = [folder for folder in found if (folder / "initdb").is_file()]
    if not found:
        pytest.skip("no PostgreSQL server is installed (Debian: apt install postgresql)")
    return found[0]


def owner() -> str | None:
    """Return who may run the server: root may not."""
    if os.getuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = next((name for name in ("postgres", "nobody") if name in names), None)
    if user is None:
        pytest.skip("root may not run PostgreSQL, and there is no user who may")
    return user


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a server of its own on loopback; return the address of an empty database."""
    bin_folder, user = programs(), owner()
    # Not below pytest's own folder, which nobody else may enter.
    folder = Path("/tmp") / f"earmark-postgres-{os.getpid()}"  # noqa: S108 (removed below)
    folder.mkdir(mode=0o700)
    if user is not None:
        shutil.chown(folder, user)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("postgres") / "log.txt"
    try:
        with log.open("wb") as told:
            options = {"cwd": "/", "user": user, "stdout": told, "stderr": told}
            made = subprocess.run(
                [bin_folder / "initdb", "--auth=trust", "--username=earmark", "--no-sync",
                 "--encoding=UTF8", "--locale=C", "-D", folder / "data"],
                check=False, **options,
            )  # fmt: skip
            if made.returncode:
                pytest.skip(f"initdb does not work here: {log.read_text()[-300:]}")
            process = subprocess.Popen(
                [bin_folder / "postgres", "-D", folder / "data", "-p", str(port), "-F",
                 "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}"],
                **options,
            )  # fmt: skip
        try:
            wait_until_it_answers(process, port, log)
            yield f"postgresql://earmark:secret@127.0.0.1:{port}/postgres"
        finally:
            process.send_signal(signal.SIGINT)  # which waits for nobody who is still connected
            process.wait(PATIENCE)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def wait_until_it_answers(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        assert process.poll() is None, log.read_text()
        try:
            psycopg.connect(
                host="127.0.0.1", port=port, user="earmark", dbname="postgres", connect_timeout=10
            ).close()
        except psycopg.OperationalError:
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.05)
        else:
            return


def test_machines_share_one_search(server: str, dataset: Dataset, root: Path) -> None:
    command = [sys.executable, "-m", "tests.search.jobs", server, "8"]
    others = [subprocess.Popen(command, cwd=root) for _ in range(2)]
    try:
        assert [process.wait(PATIENCE) for process in others] == [0, 0]
    finally:
        for process in others:
            process.kill()
            process.wait()
    settings = SearchSettings(trials=10, folds=2)
    search = Search(dataset, settings, storage=server, name="shared", job=jobs.judge_at_once)
    history = read_history(search.study)
    assert [tried.number for tried in history.trials] == list(range(len(history.trials)))
    # Two that look at the same moment may begin one each for the last place that is left.
    assert 8 <= len(history.trials) <= 9
    workers = {t.user_attrs["worker"] for t in search.study.get_trials(deepcopy=False)}
    assert len(workers) in (1, 2)
    search.run()
    history = read_history(search.study)
    assert len(history.trials) == 10
    assert {tried.state for tried in history.trials} <= {"complete", "pruned"}
    with pytest.raises(SearchError, match="shared was begun with another folds"):
        Search(dataset, SearchSettings(folds=3), storage=server, name="shared")


def test_a_server_that_goes_away_is_told_without_the_password(dataset: Dataset) -> None:
    with pytest.raises(SearchError, match=r"earmark:\*\*\*@127\.0\.0\.1:9/postgres can't be used"):
        Search(
            dataset,
            SearchSettings(),
            storage="postgresql://earmark:secret@127.0.0.1:9/postgres",
            name="x",
        )
