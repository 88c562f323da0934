"""What a training tells another program."""

from __future__ import annotations

import json

import pytest

from lib.events import (
    Done,
    Epoch,
    Event,
    Failed,
    Judged,
    Note,
    Started,
    Step,
    read_event,
    write_event,
)


@pytest.mark.parametrize(
    "event",
    [
        Started("mine", "mlp85", "plain", 36, ("blues", "R&B"), 200, refit=True),
        Step("Training", None),
        Epoch("Training", 3, 100, 1.25, 0.5, 1.5, 0.25),
        Epoch("Training anew on all rows", 1, 100, 1.25, 0.5),
        Note("Ein Lied von “Björk” fehlt.\n"),
        Judged({"accuracy": 0.5}, {"model": "mlp85"}),
        Done("models/ä"),
        Failed("No."),
    ],
)
def test_an_event_is_one_line_that_reads_back(event: Event) -> None:
    line = write_event(event)
    assert "\n" not in line
    assert line.isascii()
    assert json.loads(line)["event"] == type(event).__name__.lower()
    assert read_event(line + "\n") == event


@pytest.mark.parametrize(
    "line",
    ["", "WARNING: something", "[]", "3", '{"event": "epoch"}', '{"event": "lunch"}', '{"note": 1}',
     '{"event": ["done"]}', '{"event": "done", "folder'],
)  # fmt: skip
def test_what_is_no_event_is_passed_over(line: str) -> None:
    assert read_event(line) is None
