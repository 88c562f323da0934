"""What is told of a search, with and without a winner."""

from __future__ import annotations

import json
from pathlib import Path

from lib.console.searching import found, found_lines
from lib.search import History, Verdict, Winner
from lib.search.history import Tried
from lib.training import TrainingConfig

CHOICES = {"depth": 2, "activation": "relu", "dropout": 0.123456, "optimiser": "adam"}
TRIED = (
    Tried(0, "complete", 0.5, 5, 1.0, CHOICES),
    Tried(1, "pruned", 0.2, 2, 1.0, CHOICES),
)
VERDICTS = {
    "winner": Verdict(0.5, (0.4, 0.6), 100, 1.0),
    "plain": Verdict(0.45, (0.35, 0.55), 100, 1.0),
}


def history(*tried: Tried) -> History:
    return History("mine", tried, {})


def winner(*, looks: int) -> Winner:
    return Winner(TRIED[0], TrainingConfig(hidden=(64, 32)), VERDICTS, looks)


def test_no_trial_is_finished(tmp_path: Path) -> None:
    assert list(found_lines(history(TRIED[1]), None, tmp_path)) == [
        "0 trials by all folds, 1 given up early.",
        f"None is finished, so there is no winner yet. Trials: {tmp_path}",
    ]
    assert found(history(TRIED[1]), None, tmp_path) == {
        "folder": str(tmp_path), "complete": 0, "pruned": 1, "winner": None,
    }  # fmt: skip


def test_the_winner_and_how_to_train_it(tmp_path: Path) -> None:
    best = winner(looks=1)
    lines = list(found_lines(history(*TRIED), best, tmp_path))
    assert lines == [
        "1 trials by all folds, 1 given up early.",
        "Best: trial 0, 50.0% over folds of the songs it saw:",
        f"  64-32 {best.config.activation}, dropout 0.123, optimiser adam",
        "On the songs that the search never saw:",
        "  winner         50.0% of 100 (95 %: 40.0%–60.0%)",
        "  plain recipe   45.0% of 100 (95 %: 35.0%–55.0%)",
        "",
        f"Search: {tmp_path}",
        f"Train it: python 02_train.py DATA --from {tmp_path / 'winner.json'}",
    ]


def test_songs_that_judged_several_winners_flatter(tmp_path: Path) -> None:
    lines = list(found_lines(history(*TRIED), winner(looks=3), tmp_path))
    told = "  (They have judged 3 winners by now: the figure flatters a little.)"
    assert lines[-4:-2] == [told, ""]


def test_a_program_reads_what_the_file_of_the_winner_holds(tmp_path: Path) -> None:
    (tmp_path / "winner.json").write_text(json.dumps({"trial": 0}), encoding="utf-8")
    assert found(history(*TRIED), winner(looks=1), tmp_path)["winner"] == {"trial": 0}
