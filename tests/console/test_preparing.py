"""What the making of a data set tells a person, and what a program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lib.collecting import Event, State
from lib.console.bar import NoBar
from lib.console.preparing import Teller, song_line
from lib.dataset import GenreSummary, Summary

SUMMARY = Summary(Path("data/mine"), (GenreSummary("ska", 2, 2, 60.0, 0),), 1, 1, ("A note.",))


def event(state: State, *, place: int = 7, title: str = "A song", reason: str = "") -> Event:
    return Event(place, 12, "a" * 11, title, "A band" if title else "", 61.0, state, reason=reason)


def test_a_song_in_a_line() -> None:
    assert song_line(event(State.ADDED)) == " 7/12  added      A band – A song"
    failed = event(State.FAILED, place=10, reason="It is gone.")
    assert song_line(failed) == "10/12  failed     A band – A song  (It is gone.)"
    assert song_line(event(State.ADDED, title="")).endswith("added      " + event(State.ADDED).link)


def test_a_person_reads_what_is_final(capsys: pytest.CaptureFixture[str]) -> None:
    teller = Teller(NoBar(), as_json=False)
    teller.refused()  # nothing was done, so nothing is told
    teller.song(event(State.HEARING))
    assert capsys.readouterr().out == ""
    teller.song(event(State.ADDED))
    teller.refused()
    assert capsys.readouterr().out.splitlines() == [
        " 7/12  added      A band – A song",
        "Stopped after 1 of 12; the same command goes on from there.",
    ]
    teller.made(SUMMARY)
    teller.activations(2)
    teller.plots(Path("data/mine/plots"))
    teller.end(SUMMARY)
    assert capsys.readouterr().out.splitlines()[-6:] == [
        "",
        "1 song heard now, 1 known from before.",
        "A note.",
        f"Tables: {SUMMARY.folder}",
        "Activations: of 2 songs",
        f"Plots:  {Path('data/mine/plots')}",
    ]


def test_a_program_reads_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    teller = Teller(NoBar(), as_json=True)
    teller.song(event(State.ADDED))
    teller.refused()
    teller.made(SUMMARY)
    teller.activations(2)
    teller.plots(Path("data/mine/plots"))
    assert capsys.readouterr().out == ""
    teller.end(SUMMARY)
    assert json.loads(capsys.readouterr().out) == SUMMARY.to_dict()
