"""Hearing one file of the library: what a worker process does.

Slow to import, for the numerical libraries; ``lib.library`` does so when it is first asked.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from lib.audio import likely_length
from lib.errors import AudioError, EarmarkError
from lib.library.song import Song, Stamp, stamp_of
from lib.library.tags import tag_of
from lib.model import Model, fingerprint, load_model
from lib.prediction import Prediction, hear
from lib.wording import clean
from lib.workers import Lost, end_with_parent

CHANGED = "It was changed while it was being heard. The next run hears it."
GONE = "It was removed while it was being heard."
LEAST_PATIENCE = 300.0
"""Seconds that any file may take to be heard; a song of four minutes takes less than four."""


@dataclass(frozen=True)
class Judge:
    """Who says what a file's genre is, and how much of it is heard for that.

    Parameters
    ----------
    folder : Path
        Of the model.
    quick : bool
        Whether only the window in the middle is heard (see `~lib.prediction.hear`).
    """

    folder: Path
    quick: bool = False

    @cached_property
    def mark(self) -> str:
        """What is noted beside each answer: another mark hears everything anew.

        Raises
        ------
        ModelError
            Where the model can't be read.
        """
        return f"{self.model_mark}{' quick' if self.quick else ''}"

    @cached_property
    def model_mark(self) -> str:
        """How that begins, whether all of a file was heard or not."""
        return fingerprint(self.folder)


@dataclass(frozen=True)
class Task:
    """A file, and who is to hear it."""

    path: Path
    judge: Judge


def hear_file(task: Task) -> Song | EarmarkError:
    """Hear a file.

    Parameters
    ----------
    task : Task

    Returns
    -------
    Song or EarmarkError
        A song that was set aside has its reason; an error is one that all files would meet: the
        model or its backbone can't be used.
    """
    path = task.path
    # Before it is opened: a file that changes meanwhile looks changed to the next run.
    before = stamp_of(path)
    try:
        model = _model(task.judge.folder)
        heard = hear(path, model, quick=task.judge.quick, progress=_watch_parent)
    except AudioError as error:
        now = stamp_of(path)
        if now is None and before is not None:
            return _set_aside(path, before, GONE, lasting=False)
        lasting = now == before and not _may_pass(path, error.__cause__)
        return _set_aside(path, before, error.reason, lasting=lasting)
    except EarmarkError as error:
        return error
    except OSError as error:
        reason = f"It can't be read ({error.strerror or error})."
        return _set_aside(path, before, reason, lasting=False)
    if (now := stamp_of(path)) != before:
        return _set_aside(path, before, GONE if now is None else CHANGED, lasting=False)
    return _song(path, before, heard)


def hear_gently(task: Task) -> Song | EarmarkError:
    """Hear a file as `hear_file` does, behind whatever else the machine has to do."""
    _step_back()
    return hear_file(task)


def lost(task: Task, result: Lost) -> Song:
    """Return what is kept of a file that no process could hear."""
    reason = f"Hearing it failed ({clean(result.how)}): the file may be damaged."
    return _set_aside(task.path, stamp_of(task.path), reason, lasting=True)


def length_of(path: Path) -> float:
    """Return how long a file is likely to play, in seconds; 0 where that can't be told."""
    stamp = stamp_of(path)
    return likely_length(path.suffix, stamp.size) if stamp is not None else 0.0


def _may_pass(path: Path, cause: BaseException | None) -> bool:
    """Tell whether what the system refuses today it may give tomorrow.

    A link to nowhere is no such thing: that something is there now is seen when it is.
    """
    nowhere = isinstance(cause, FileNotFoundError) and path.is_symlink()
    return isinstance(cause, OSError) and not nowhere


def _set_aside(path: Path, stamp: Stamp | None, reason: str, *, lasting: bool) -> Song:
    title = clean(path.stem) or "untitled"
    return Song(path, stamp, title, reason=reason, lasting=lasting)


def _song(path: Path, stamp: Stamp | None, heard: Prediction) -> Song:
    return Song(
        path=path,
        stamp=stamp,
        title=heard.title,
        artist=heard.artist,
        tag=tag_of(path),
        seconds=heard.seconds,
        genre=heard.genre,
        confidence=heard.confidence,
        unsure=heard.unsure,
        outlier=heard.outlier,
        probabilities=dict(heard.probabilities),
        warnings=heard.warnings,
    )


def _watch_parent(_step: str, _fraction: float | None, /) -> None:
    end_with_parent()


@cache
def _step_back() -> None:
    """Let every process of usual priority go first from now on, a window above all."""
    if hasattr(os, "nice"):  # Windows has no such thing
        os.nice(10)


@lru_cache(maxsize=1)
def _model(folder: Path) -> Model:
    return load_model(folder)
