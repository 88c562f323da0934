"""Workers: results as they come, deaths that cost one item, no process left behind."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import threading
import time
from pathlib import Path

import pytest

from lib.errors import WorkerError
from lib.workers import Lost, Workers
from tests.dataset import jobs


def test_each_item_gets_its_result() -> None:
    with Workers(jobs.square, count=2) as workers:
        results = dict(filter(None, workers.run(range(1, 8))))
    assert results == {n: n * n for n in range(1, 8)}
    assert not multiprocessing.active_children()


@pytest.mark.skipif(os.name != "posix", reason="no such signals")
def test_a_death_costs_the_item_alone() -> None:
    with Workers(jobs.square, count=2) as workers:
        results = dict(filter(None, workers.run([1, 13, 2, 17, 3])))
    assert results[13] == Lost("signal 11")
    assert results[17] == Lost("exit status 3")
    assert {n: results[n] for n in (1, 2, 3)} == {1: 1, 2: 4, 3: 9}


def test_items_that_come_one_by_one() -> None:
    with Workers(jobs.square, count=2) as workers:
        assert workers.listen() == []
        workers.prepare()
        assert len(multiprocessing.active_children()) == 1
        results = {}
        for number in (2, 3, 4):
            workers.add(number)
            results.update(workers.listen())
        while workers.unfinished:
            results.update(workers.listen(0.2))
        workers.add(5)
        while workers.unfinished:
            results.update(workers.listen(0.2))
    assert results == {2: 4, 3: 9, 4: 16, 5: 25}


def test_a_process_has_the_next_item_at_hand(tmp_path: Path) -> None:
    with Workers(jobs.touch, count=1) as workers:
        for number in range(4):
            workers.add(tmp_path / f"{number}")
        while not (done := workers.listen(0.2)):
            pass
        assert done == [(tmp_path / "0", "0")]
        # Nobody listens any more, as where the caller keeps a result; work goes on all the same.
        end = time.monotonic() + 30
        while not (tmp_path / "1").exists():
            assert time.monotonic() < end
            time.sleep(0.01)


def test_items_and_results_larger_than_a_pipe_holds() -> None:
    items = [bytes([number]) * 2_000_000 for number in range(5)]
    results: dict[bytes, bytes | Lost] = {}

    def work() -> None:
        with Workers(jobs.echo, count=1) as workers:
            results.update(filter(None, workers.run(items)))

    # In a thread, lest parent and process that wait for each other keep the tests waiting as well.
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(60)
    assert not thread.is_alive()
    assert results == {item: item for item in items}


@pytest.mark.skipif(os.name != "posix", reason="no such signals")
def test_a_death_does_not_count_against_the_item_at_hand() -> None:
    with Workers(jobs.square, count=1) as workers:
        results = dict(filter(None, workers.run([13, 2, 13, 3, 4, 5])))
    assert results == {13: Lost("signal 11"), 2: 4, 3: 9, 4: 16, 5: 25}


def test_an_error_that_nobody_foresaw_costs_the_item_alone() -> None:
    with Workers(jobs.square, count=1) as workers:
        results = dict(filter(None, workers.run([0, 2])))
    assert isinstance(results[0], Lost)
    assert results[0].how.startswith("ZeroDivisionError")
    assert results[2] == 4


@pytest.mark.skipif(os.name != "posix", reason="no such signals")
def test_a_lost_item_is_tried_once_more(tmp_path: Path) -> None:
    with Workers(jobs.die_once, count=2) as workers:
        results = dict(filter(None, workers.run([tmp_path / "marker"])))
    assert results == {tmp_path / "marker": "marker"}


def test_one_thread_each_and_the_environment_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "7")
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    with Workers(jobs.threads, count=2) as workers:
        results = [result for _, result in filter(None, workers.run(range(4)))]
    assert {result[0] for result in results if not isinstance(result, Lost)} == {"1"}
    assert os.environ["OPENBLAS_NUM_THREADS"] == "7"
    assert "OMP_NUM_THREADS" not in os.environ


def test_waiting_gives_the_caller_a_chance_to_stop() -> None:
    start = time.monotonic()
    with Workers(jobs.sleep, count=1) as workers:
        for result in workers.run([60.0], tick=0.05):
            assert result is None
            if time.monotonic() > start + 1.0:
                break
    assert time.monotonic() < start + 10.0
    assert not multiprocessing.active_children()


def test_nothing_to_do_starts_nothing() -> None:
    with Workers(jobs.square, count=4) as workers:
        assert list(workers.run([])) == []
        assert not multiprocessing.active_children()


def test_processes_that_can_not_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    # This module is on the path while the job is handed over, but not where a process imports it.
    (tmp_path / "here_only.py").write_text("def job(item):\n    return item\n")
    monkeypatch.syspath_prepend(tmp_path)
    job = importlib.import_module("here_only").job
    (tmp_path / "here_only.py").unlink()
    with Workers(job, count=1) as workers, pytest.raises(WorkerError, match="before it had begun"):
        list(workers.run([1]))
    assert not multiprocessing.active_children()


@pytest.mark.skipif(os.name != "posix", reason="no such limit")
def test_a_system_that_starts_no_further_process() -> None:
    import resource

    usual = resource.getrlimit(resource.RLIMIT_NOFILE)
    with Workers(jobs.square, count=1) as workers:
        workers.add(1)
        resource.setrlimit(resource.RLIMIT_NOFILE, (3, usual[1]))
        try:
            with pytest.raises(WorkerError, match=r"can be started \(Too many"):
                workers.listen()
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, usual)
        assert dict(filter(None, workers.run([2]))) == {1: 1, 2: 4}


def test_what_takes_too_long_is_given_up_and_the_others_go_on() -> None:
    with Workers(jobs.sleep, count=2, patience=lambda seconds: 60.0 - seconds) as workers:
        results = dict(filter(None, workers.run([59.0, 0.0, 0.1, 0.2])))
    assert results == {59.0: Lost("no end after 1 s"), 0.0: 0.0, 0.1: 0.1, 0.2: 0.2}
    assert not multiprocessing.active_children()
