"""Everything that is compared in one table: sets of features, networks, classic algorithms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from lib.dataset import Dataset, as_heard
from lib.features import ALL_NAMES, FEATURE_NAMES, FEATURE_SETS, FEATURE_SETS_IN_WORDS
from lib.judgement import Learner, Rows, Scorer
from lib.progress import Progress
from lib.search.classic import CLASSIC, ClassicLearner
from lib.training import (
    NETWORKS,
    RECIPES,
    RecipeLearner,
    SvmLearner,
    recipe_of,
)
from lib.training.kinds import representation
from lib.training.names import EAR

Group: TypeAlias = Literal["inputs", "networks", "classic"]

EPOCHS = (50, 100)
BATCH_SIZES = (32, 128)
USUAL = (100, 32)
"""Epochs and batch size that stand for a set of features where only one can, fixed beforehand."""


@dataclass(frozen=True)
class Entry:
    """A line of the table.

    Parameters
    ----------
    name : str
        Of its own.
    group : {"inputs", "networks", "classic"}
        What it is compared as.
    words : str
        Its settings, for a person.
    learner : Learner
        What is judged; its ``repr`` tells all that its figures depend on.
    rows : callable
        Takes from a data set what it learns from, or raises an `~lib.errors.EarmarkError` that
        says what is missing.  All that take `window_rows` are judged on the very same folds.
    """

    name: str
    group: Group
    words: str
    learner: Learner
    rows: Callable[[Dataset, Progress], Rows]


@dataclass(frozen=True)
class InputsEntry(Entry):
    """The original network on a set of features, trained for so many epochs in such batches."""

    features: str
    epochs: int
    batch_size: int

    @property
    def is_usual(self) -> bool:
        """Whether it stands for its set of features where only one can."""
        return (self.epochs, self.batch_size) == USUAL


@dataclass(frozen=True)
class SegmentsEntry(Entry):
    """A network that hears segments of the songs themselves."""

    network: str

    def prepare(self, dataset: Dataset, *, workers: int, progress: Progress) -> None:
        """Hear the segments of songs that were not heard yet; they are kept beside the tables.

        Raises
        ------
        DatasetError
            If no song's audio can be heard.
        """
        as_heard(dataset, representation(self.network), workers=workers, progress=progress)


@dataclass(frozen=True)
class OnColumns:
    """A learner that is given some of the columns of a table.

    Parameters
    ----------
    learner : Learner
        Who learns.
    names : tuple of str
        The features that it is given, of those in a table of `window_rows`.
    """

    learner: Learner
    names: tuple[str, ...]

    @property
    def name(self) -> str:
        """That of the learner."""
        return self.learner.name

    def learn(self, training: Rows, *, labels: Sequence[str], progress: Progress) -> Scorer:
        """Have it learn from its columns; see `~lib.judgement.Learner`."""
        rows = replace(training, X=self._columns(training.X))
        scorer = self.learner.learn(rows, labels=labels, progress=progress)
        return lambda X: scorer(self._columns(X))

    def _columns(self, X: NDArray[np.float64]) -> NDArray[np.float64]:
        return X[:, [ALL_NAMES.index(name) for name in self.names]]


def window_rows(dataset: Dataset, _progress: Progress) -> Rows:
    """Take a table's windows with as many features as it has: 91, or 85 where there are no others.

    So whatever is compared is judged on the same folds, which replicas have a say in.
    """
    whole = dataset.extra is not None and dataset.extra.notna().all(axis=None)
    return replace(Rows.of(dataset), X=dataset.values(ALL_NAMES if whole else FEATURE_NAMES))


def all_window_rows(dataset: Dataset, _progress: Progress) -> Rows:
    """Take a table's windows with all 91 features; raise `DatasetError` where they are missing."""
    return replace(Rows.of(dataset), X=dataset.values(ALL_NAMES))


def segment_rows(network: str, dataset: Dataset, progress: Progress) -> Rows:
    """Take the segments that a network hears, as `SegmentsEntry.prepare` has kept them.

    Raises
    ------
    DatasetError
        If there is none.
    """
    # No process of its own: this runs in one that may have none.
    return Rows.of(as_heard(dataset, representation(network), workers=0, progress=progress))


def entries(groups: Sequence[Group] = ("inputs", "networks", "classic")) -> tuple[Entry, ...]:
    """Return all that is to be compared, in the order of the table."""
    made: Mapping[Group, Callable[[], Iterator[Entry]]] = {
        "inputs": _inputs,
        "networks": _networks,
        "classic": _classic,
    }
    return tuple(entry for group in made if group in groups for entry in made[group]())


def _inputs() -> Iterator[InputsEntry]:
    for features, epochs, batch_size in product(FEATURE_SETS, EPOCHS, BATCH_SIZES):
        name = f"{features} features, {epochs} epochs, batches of {batch_size}"
        # Without patience nothing stops it: it learns from all rows for just so many epochs.
        config = replace(
            RECIPES["plain"], features=features, epochs=epochs, batch_size=batch_size, patience=0
        )
        names = FEATURE_SETS[features]
        yield InputsEntry(
            name,
            "inputs",
            FEATURE_SETS_IN_WORDS[features],
            OnColumns(RecipeLearner(config, name), names),
            window_rows if set(names) <= set(FEATURE_NAMES) else all_window_rows,
            features,
            epochs,
            batch_size,
        )


def _networks() -> Iterator[Entry]:
    words = {"plain": "stopped by songs held out", "robust": "regularised, eight averaged"}
    # Not the ear, which needs more of a data set than its tables.
    windowed = [name for name in NETWORKS if name != EAR and not representation(name).segments]
    for network, recipe in product(windowed, RECIPES):
        name = f"{network}, {recipe} recipe"
        config = recipe_of(network, recipe)
        learner = OnColumns(RecipeLearner(config, name), config.feature_names)
        yield Entry(name, "networks", words.get(recipe, recipe), learner, window_rows)
    for network in (name for name in NETWORKS if representation(name).segments):
        config = recipe_of(network, "plain")
        rows = partial(segment_rows, network)
        hears = RecipeLearner(config, network)
        yield SegmentsEntry(network, "networks", "hears segments of 3 s", hears, rows, network)


def _classic() -> Iterator[Entry]:
    svm = OnColumns(SvmLearner(), FEATURE_NAMES)
    yield Entry("SVM", "classic", "RBF kernel, C = 5", svm, window_rows)
    for name, words in CLASSIC.items():
        learner = OnColumns(ClassicLearner(name), FEATURE_NAMES)
        yield Entry(name, "classic", words, learner, window_rows)
