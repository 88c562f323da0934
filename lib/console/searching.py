"""What a search found: sentences to a person, or one object to a program."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # --help waits for nothing heavy
    from lib.search import History, Winner


def found(history: History, winner: Winner | None, folder: Path) -> dict[str, Any]:
    """Return what a search found as plain values; the winner is what `winner.json` holds."""
    file = folder / "winner.json"
    return {
        "folder": str(folder),
        "complete": len(history.complete),
        "pruned": _pruned(history),
        "winner": json.loads(file.read_text(encoding="utf-8")) if winner else None,
    }


def found_lines(history: History, winner: Winner | None, folder: Path) -> Iterator[str]:
    """Tell what a search found: how many trials, the best one, and how it does elsewhere.

    Parameters
    ----------
    history : History
    winner : Winner or None
        None where no trial is finished.
    folder : Path
        Where it was written.

    Yields
    ------
    str
        A line without its line break.
    """
    yield f"{len(history.complete)} trials by all folds, {_pruned(history)} given up early."
    if winner is None:
        yield f"None is finished, so there is no winner yet. Trials: {folder}"
        return
    tried, config = winner.tried, winner.config
    layers = "-".join(map(str, config.hidden))
    yield f"Best: trial {tried.number}, {tried.accuracy:.1%} over folds of the songs it saw:"
    yield f"  {layers} {config.activation}, {', '.join(_said(tried.choices))}"
    yield "On the songs that the search never saw:"
    for name, verdict in winner.verdicts.items():
        low, high = verdict.interval
        called = name if name == "winner" else f"{name} recipe"
        accuracy = f"{verdict.accuracy:.1%} of {verdict.songs} (95 %: {low:.1%}–{high:.1%})"
        yield f"  {called:14} {accuracy}"
    if winner.looks > 1:
        yield f"  (They have judged {winner.looks} winners by now: the figure flatters a little.)"
    yield ""
    yield f"Search: {folder}"
    yield f"Train it: python 02_train.py DATA --from {folder / 'winner.json'}"


def _pruned(history: History) -> int:
    return sum(tried.state == "pruned" for tried in history.trials)


def _said(choices: Mapping[str, str | int | float]) -> list[str]:
    """Return the choices that the layers don't show, in words."""
    shown = {"depth", "first width", "last width", "activation"}
    values = {name: value for name, value in choices.items() if name not in shown}
    return [
        f"{name} {value:.3g}" if isinstance(value, float) else f"{name} {value}"
        for name, value in values.items()
    ]
