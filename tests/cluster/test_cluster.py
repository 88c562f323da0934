"""A real scheduler and three worker processes, of which one is killed in mid-run."""

from __future__ import annotations

import functools
import http.server
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from lib import workers
from lib.cluster import Cluster, cluster
from lib.dataset import Heard, hear_song, preprocess, read_dataset, read_place
from lib.errors import WorkerError
from tests.cluster import jobs
from tests.cluster.conftest import Machines
from tests.sound import music, write_song

SONGS = 12


@pytest.fixture(scope="module")
def songs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with two genres of six short songs each."""
    folder = tmp_path_factory.mktemp("library")
    for g, genre in enumerate(("blues", "new jazz")):
        for i in range(SONGS // 2):
            song = music(3.5, pitch=110 * (g + 1), bpm=90 + 5 * i, seed=20 * g + i)
            write_song(folder / genre / f"song {i}.wav", song, rate=22_050)
    return folder


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder by HTTP on loopback; give its address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def test_a_lost_worker_costs_only_what_it_held(
    machines: Machines, songs: Path, tmp_path: Path
) -> None:
    victim = machines.processes[-1]

    def kill_one(step: str, fraction: float | None) -> None:
        # Once it has heard a song, and while it hears another.
        if step == "Hearing songs" and noted(machines)[victim.pid] > 1:
            victim.send_signal(signal.SIGKILL)

    open_pool = functools.partial(Cluster, address=machines.address)
    summary = preprocess(
        songs, tmp_path / "set", open_pool=open_pool, hear=jobs.hear_noted, progress=kill_one
    )
    assert victim.wait(10) == -signal.SIGKILL
    assert (summary.heard, summary.kept, summary.failed) == (SONGS, 0, 0)
    by_process = noted(machines)
    assert len(by_process) == 3
    assert by_process.total() <= SONGS + by_process[victim.pid]
    made = read_dataset(tmp_path / "set")
    for track in ("blues/song 0.wav", "new jazz/song 5.wav"):
        heard = hear_song(songs / track)
        assert isinstance(heard, Heard)
        np.testing.assert_allclose(made.X[made.track == track], heard.features, rtol=1e-8)
    again = preprocess(songs, tmp_path / "set", open_pool=open_pool)
    assert (again.heard, again.kept) == (0, SONGS)


def noted(machines: Machines) -> Counter[int]:
    """Count the songs that each process began to hear."""
    lines = machines.heard.read_text().splitlines() if machines.heard.exists() else []
    return Counter(int(line.split()[0]) for line in lines)


def test_songs_are_read_from_any_address(machines: Machines, songs: Path, tmp_path: Path) -> None:
    open_pool = functools.partial(Cluster, address=machines.address)
    with served(songs) as address:
        source = read_place(f"{address}/")
        summary = preprocess(source, tmp_path / "set", open_pool=open_pool)
        again = preprocess(source, tmp_path / "set", workers=1)
    assert (summary.heard, summary.failed) == (SONGS, 0)
    assert (again.heard, again.kept) == (0, SONGS)
    made = read_dataset(tmp_path / "set")
    assert made.labels == ("blues", "new jazz")
    assert made.tracks.at["new jazz/song 3.wav", "audio"] == f"{address}/new%20jazz/song%203.wav"
    assert made.tracks.at["new jazz/song 3.wav", "title"] == "song 3"
    heard = hear_song(songs / "new jazz" / "song 3.wav")
    assert isinstance(heard, Heard)
    row = made.X[made.track == "new jazz/song 3.wav"]
    np.testing.assert_allclose(row, heard.features, rtol=1e-8)  # nine digits are written


def test_what_stumbles_is_lost_alone(machines: Machines) -> None:
    with Cluster(jobs.stumble, address=machines.address) as pool:
        results = dict(filter(None, pool.run(range(4))))
    assert isinstance(results[0], workers.Lost)
    assert results[0].how.startswith("ZeroDivisionError")
    assert {n: results[n] for n in (1, 2, 3)} == {1: 1, 2: 4, 3: 9}


def test_stopping_leaves_the_workers_to_the_next(machines: Machines) -> None:
    with Cluster(jobs.stumble, address=machines.address) as pool:
        running = pool.run(range(1, 1_000))
        assert next(filter(None, running))[1] in {1, 4, 9}
        running.close()
    with Cluster(jobs.stumble, address=machines.address) as pool:
        assert dict(filter(None, pool.run([7]))) == {7: 49}


def test_no_scheduler_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    with (
        pytest.raises(WorkerError, match=r"tcp://127\.0\.0\.1:9: no Dask scheduler answers there"),
        Cluster(jobs.stumble, address="tcp://127.0.0.1:9"),
    ):
        pass
    with (
        pytest.raises(WorkerError, match="nonsense: no Dask"),
        Cluster(jobs.stumble, address="nonsense"),
    ):
        pass


def test_workers_of_other_code_are_refused(
    machines: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "code_fingerprint", jobs.random_code)
    with (
        pytest.raises(WorkerError, match="runs another state of Earmark's code"),
        Cluster(jobs.stumble, address=machines.address),
    ):
        pass
