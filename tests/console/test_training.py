"""What a stage that trains shares with its edge."""

from __future__ import annotations

import signal
import threading

import pytest

from lib.console.training import Teller, ended_in_order
from lib.events import Started


def test_the_signal_to_end_is_heard_as_ctrl_c() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt), ended_in_order():
        signal.raise_signal(signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) is before


def test_other_threads_leave_signals_alone() -> None:
    done = []

    def work() -> None:
        with ended_in_order():
            done.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [signal.getsignal(signal.SIGTERM)]


def test_one_genre_is_no_genres(capsys: pytest.CaptureFixture[str]) -> None:
    Teller().tell(Started("m", "mlp85", "robust", 1, ("jazz",), 3, refit=False))
    assert capsys.readouterr().out == "Training mlp85 on 1 song of 1 genre.\n"
