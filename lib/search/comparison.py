"""Judging everything on the same folds, and keeping each figure the moment it is known."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lib.dataset import Dataset
from lib.errors import DatasetError, EarmarkError
from lib.files import write_text
from lib.judgement import FoldsBy, Learner, Rows, Scorer, judge_over_folds
from lib.progress import Progress, silent
from lib.search.entries import Entry, Group, InputsEntry, SegmentsEntry
from lib.search.errors import SearchError
from lib.search.threads import with_one_thread
from lib.workers import Lost, Workers

_VERSION = 1  # of what is kept; raised where the same settings come to give other figures


@dataclass(frozen=True)
class Figures:
    """How one entry did by one protocol.

    Parameters
    ----------
    name, group, words : str
        Of the `Entry`.
    protocol : {"artist", "random"}
        Which folds.
    folds : int
        How many.
    songs : int
        How many were judged; 0 where nothing could be.
    mean : float
        The mean accuracy over the folds.
    low, high : float
        Between which the accuracy of all songs together lies with 95 % confidence (Wilson).
    macro_recall : float
        Of all songs together.
    seconds : float
        Of a processor that learning took in one fold, on average: how busy the machine was with
        other things doesn't count.
    reason : str
        Why nothing could be judged, or empty.
    """

    name: str
    group: Group
    words: str
    protocol: FoldsBy
    folds: int
    songs: int = 0
    mean: float = 0.0
    low: float = 0.0
    high: float = 0.0
    macro_recall: float = 0.0
    seconds: float = 0.0
    reason: str = ""


def make_plan(
    entries: Sequence[Entry], protocols: Mapping[FoldsBy, int]
) -> list[tuple[Entry, FoldsBy, int]]:
    """Say which entry is to be judged by which protocols: all by all that have folds.

    Of each set of features that holds for the usual epochs and batch size; its other settings are
    judged last, and by artist alone.
    """
    usual = [e for e in entries if not isinstance(e, InputsEntry) or e.is_usual]
    others = [e for e in entries if e not in usual]
    asked: list[tuple[Entry, FoldsBy, int]] = [
        (entry, protocol, folds) for entry in usual for protocol, folds in protocols.items()
    ]
    asked += [(entry, "artist", protocols.get("artist", 0)) for entry in others]
    return [(entry, protocol, folds) for entry, protocol, folds in asked if folds]


def compare(
    dataset: Dataset,
    plan: Sequence[tuple[Entry, FoldsBy, int]],
    *,
    seed: int,
    kept: Path,
    jobs: int = 1,
    progress: Progress = silent,
) -> tuple[Figures, ...]:
    """Judge entries over folds.

    Each is judged alone, and what is known of it is kept in a file of its own at once: stopped at
    any moment, the next call goes on from there, and only what changed (the data, the settings, the
    folds) is judged anew.

    Parameters
    ----------
    dataset : Dataset
        The table.
    plan : sequence of (Entry, str, int)
        What to judge, by which protocol, over how many folds; see `make_plan`.
    seed : int
        Chooses the folds.
    kept : Path
        The folder of what is known.
    jobs : int
        Processes that learn, each with one thread.
    progress : Progress
        Told as they go on; may raise `~lib.errors.Cancelled`.

    Returns
    -------
    tuple of Figures
        In the order of the plan.  One that the data has not what it takes for, sound
        for example, says so as its `Figures.reason`.

    Raises
    ------
    SearchError
        If a process that learns dies.
    """
    tasks = [Task(dataset, entry, protocol, folds, seed) for entry, protocol, folds in plan]
    paths = [kept / f"{task.key}.json" for task in tasks]
    found = [_read(path) for path in paths]
    waiting = {tasks[i].key: i for i, known in enumerate(found) if known is None}
    done = len(tasks) - len(waiting)
    _prepare([tasks[i] for i in waiting.values()], workers=jobs, progress=progress)
    progress("Comparing", done / len(tasks))
    with Workers[Task, Figures](judge_entry, count=jobs) as workers:
        for result in workers.run([tasks[i] for i in waiting.values()]):
            if result is not None:
                i = waiting[result[0].key]
                judged = found[i] = _checked(result[0], result[1])
                done += 1
                if not judged.reason:
                    write_text(paths[i], json.dumps(asdict(judged), indent=1) + "\n")
            progress("Comparing", done / len(tasks))
    return tuple(figures for figures in found if figures)


def _prepare(waiting: Sequence[Task], *, workers: int, progress: Progress) -> None:
    """Hear what the waiting tasks need of the songs themselves; what can't be, they will say."""
    for entry in {task.entry.name: task.entry for task in waiting}.values():
        if isinstance(entry, SegmentsEntry):
            with suppress(DatasetError):
                entry.prepare(waiting[0].dataset, workers=workers, progress=progress)


@dataclass(frozen=True, eq=False)
class Task:
    """One entry to be judged by one protocol; what a process is handed."""

    dataset: Dataset
    entry: Entry
    protocol: FoldsBy
    folds: int
    seed: int

    @property
    def key(self) -> str:
        """A name for what the figures depend on: data, learner with all its settings, folds."""
        learner = repr(self.entry.learner)
        said = (self.dataset.fingerprint, self.entry.name, learner, self.protocol, self.folds)
        return hashlib.sha256(repr((_VERSION, *said, self.seed)).encode()).hexdigest()[:20]


def judge_entry(task: Task) -> Figures:
    """Judge one entry by one protocol; what a process does."""
    entry = task.entry
    with_one_thread(networks=entry.group != "classic")
    told = (entry.name, entry.group, entry.words, task.protocol, task.folds)
    learner = _Timed(entry.learner)
    try:
        scores = judge_over_folds(
            entry.rows(task.dataset, silent),
            [learner],
            labels=task.dataset.labels,
            protocol=task.protocol,
            folds=task.folds,
            seed=task.seed,
        )[learner.name]
    except EarmarkError as error:
        return Figures(*told, reason=str(error))
    low, high = scores.pooled.interval
    seconds = learner.seconds / len(scores.accuracies)
    recall = scores.pooled.macro_recall
    return Figures(*told, scores.pooled.n, scores.mean, low, high, recall, seconds)


class _Timed:
    """A learner whose time is taken by the processor's clock."""

    def __init__(self, learner: Learner) -> None:
        self._learner = learner
        self.seconds = 0.0

    @property
    def name(self) -> str:
        return self._learner.name

    def learn(self, training: Rows, *, labels: Sequence[str], progress: Progress) -> Scorer:
        start = time.process_time()
        scorer = self._learner.learn(training, labels=labels, progress=progress)
        self.seconds += time.process_time() - start
        return scorer


def _checked(task: Task, found: Figures | Lost) -> Figures:
    if isinstance(found, Lost):
        raise SearchError(
            f"{task.entry.name} ended its process ({found.how}). Where memory is short, try fewer "
            f"--jobs; what was judged before is kept."
        )
    return found


def _read(path: Path) -> Figures | None:
    """Return what is kept, or None where nothing is, or nothing that this version understands."""
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Figures(**told)
    except (OSError, ValueError, TypeError):
        return None
