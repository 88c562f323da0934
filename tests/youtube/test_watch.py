"""Work that waits, whose caller never does."""

from __future__ import annotations

import threading
import time

import pytest

from lib.errors import Cancelled
from lib.progress import silent
from lib.youtube.watch import Watch, watched


def test_the_result_and_the_steps_reach_the_caller() -> None:
    threads: set[str] = set()
    steps: list[tuple[str, float | None]] = []

    def note(step: str, fraction: float | None, /) -> None:
        threads.add(threading.current_thread().name)
        steps.append((step, fraction))

    def work(watch: Watch) -> int:
        watch.report("Half", 0.5)
        time.sleep(0.25)
        return 7

    assert watched(work, "Starting", note) == 7
    assert threads == {threading.current_thread().name}
    assert ("Half", 0.5) in steps


def test_an_error_of_the_work_is_raised_by_the_caller() -> None:
    def work(_watch: Watch) -> None:
        raise KeyError("x")

    with pytest.raises(KeyError, match="x"):
        watched(work, "Starting", silent)


def test_a_stop_does_not_wait_for_work_that_hangs() -> None:
    release, interrupted = threading.Event(), threading.Event()

    def hang(watch: Watch) -> None:
        watch.on_stop(interrupted.set)
        release.wait(10)

    def cancel(_step: str, _fraction: float | None, /) -> None:
        if interrupted.is_set() is False and time.monotonic() - start > 0.2:
            raise Cancelled("no more")

    start = time.monotonic()
    with pytest.raises(Cancelled, match="no more"):
        watched(hang, "Starting", cancel)
    assert time.monotonic() - start < 5  # it would hang for 10
    assert interrupted.is_set()
    release.set()


def test_what_begins_to_wait_just_after_the_stop_is_broken_off() -> None:
    watch, broken_off = Watch("Starting"), []
    watch.stop()
    watch.on_stop(lambda: broken_off.append(1))
    assert broken_off == [1]


def test_work_notices_the_stop_at_its_next_step() -> None:
    noticed = threading.Event()

    def work(watch: Watch) -> None:
        try:
            watch.pause(10)
        except Cancelled:
            noticed.set()
            with pytest.raises(Cancelled):
                watch.check()
            with pytest.raises(Cancelled):
                watch.report("On", None)
            raise

    def interrupt(_step: str, _fraction: float | None, /) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        watched(work, "Starting", interrupt)
    assert noticed.wait(2)
