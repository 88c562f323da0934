"""Threads and their messages, without a window."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from lib.gui.messages import Done, Failed, Message, Step, Stopped
from lib.gui.worker import Job, Lane, Workers
from lib.progress import Progress


def deliver_until(workers: Workers, condition: Callable[[], object]) -> None:
    end = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < end, "in vain for 5 s"
        workers.deliver()
        time.sleep(0.002)


def test_a_result_arrives_after_its_steps() -> None:
    workers, heard = Workers(), list[Message]()
    lane = Lane(workers, heard.append)

    def work(progress: Progress) -> str:
        progress("Opening", None)
        progress("Listening", 0.5)
        return "jazz"

    number = lane.start(work)
    assert lane.busy
    deliver_until(workers, lambda: not lane.busy)
    assert heard == [
        Step(number, "Opening", None),
        Step(number, "Listening", 0.5),
        Done(number, "jazz"),
    ]


def test_a_failure_arrives_like_a_result() -> None:
    workers, heard = Workers(), list[Message]()
    lane = Lane(workers, heard.append)
    lane.start(lambda _progress: {}["nothing"])
    deliver_until(workers, lambda: heard)
    assert isinstance(heard[0], Failed)
    assert isinstance(heard[0].error, KeyError)
    assert heard[0].error.__traceback__ is not None  # for the log


def test_messages_wait_until_they_are_fetched() -> None:
    workers, heard = Workers(), list[Message]()
    Lane(workers, heard.append).start(lambda _progress: threading.current_thread())
    assert workers.close(seconds=5)
    assert heard == []
    workers.deliver()
    assert isinstance(heard[0], Done)
    assert heard[0].result is not threading.current_thread()


def test_late_messages_of_a_replaced_job_are_ignored() -> None:
    workers, heard = Workers(), list[Message]()
    lane = Lane(workers, heard.append)
    gate = threading.Event()
    lane.start(lambda _progress: gate.wait(5))  # never looks at its progress, so it ends well
    second = lane.start(lambda _progress: "second")
    deliver_until(workers, lambda: heard)
    gate.set()
    assert workers.close(seconds=5)
    workers.deliver()
    assert heard == [Done(second, "second")]


def test_a_cancelled_job_stops_at_its_next_step_and_says_nothing_more() -> None:
    workers, heard = Workers(), list[Message]()
    lane = Lane(workers, heard.append)

    def work(progress: Progress) -> None:
        while True:
            progress("Listening", 0.1)
            time.sleep(0.001)

    lane.start(work)
    deliver_until(workers, lambda: heard)
    lane.cancel()
    count = len(heard)
    assert workers.close(seconds=5)
    workers.deliver()
    assert len(heard) == count


def test_what_ends_well_after_it_was_cancelled_counts_as_stopped() -> None:
    posted = list[Message]()
    job = Job(7, lambda _progress: "too late", posted.append)
    job.cancel()
    job.run()
    assert posted == [Stopped(7)]


def test_a_flood_of_steps_is_thinned() -> None:
    posted = list[Message]()

    def work(progress: Progress) -> None:
        for number in range(20_000):
            progress("Listening", number / 20_000)

    Job(1, work, posted.append).run()
    assert len(posted) < 2_000


def test_delivering_ends_in_time_however_much_waits() -> None:
    workers = Workers()
    lane = Lane(workers, lambda _message: time.sleep(0.01))

    def work(progress: Progress) -> None:
        for number in range(300):
            progress(f"Step {number}", None)

    lane.start(work)
    assert workers.close(seconds=5)
    begin = time.monotonic()
    workers.deliver(seconds=0.05)
    assert time.monotonic() - begin < 2.0  # 300 messages of 10 ms take longer


@pytest.mark.parametrize("seconds", [0.05])
def test_closing_gives_up_on_what_never_ends(seconds: float) -> None:
    workers = Workers()
    gate = threading.Event()
    Lane(workers, lambda _message: None).start(lambda _progress: gate.wait(5))
    assert not workers.close(seconds=seconds)
    gate.set()
    assert workers.close(seconds=5)
