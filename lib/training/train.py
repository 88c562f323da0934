"""From a data set to a model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from lib.dataset import Dataset
from lib.errors import TrainingError
from lib.judgement import Comparison, Judgement, JudgementError, Rows, judge_songs
from lib.model import Model
from lib.progress import Progress, silent
from lib.training.against import Present, as_model, judge_against
from lib.training.backend import load_keras, versions
from lib.training.confidence import with_confidence
from lib.training.config import TrainingConfig
from lib.training.fit import OnEpoch
from lib.training.learn import Learned, learn
from lib.training.sides import Sides, divide, rows_for

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Trained:
    """What came of a training.

    Parameters
    ----------
    model : Model
        To be saved.
    history : pd.DataFrame
        One row an epoch of the fit that held songs out; see `~lib.training.fit.Fitted`.
    judgement : Judgement
        Of the early-stopped network on the songs held out.  A network fitted anew on all rows has
        no such songs left; this is then the nearest there is.
    notes : tuple of str
        What a person should know about the data, as sentences.
    comparison : Comparison or None
        With another model on the songs held out, where one was given.
    """

    model: Model
    history: pd.DataFrame
    judgement: Judgement
    notes: tuple[str, ...]
    comparison: Comparison | None = None


def check_trainable(dataset: Dataset, config: TrainingConfig) -> None:
    """Find out before a training is told of whether it can be done at all.

    Raises
    ------
    TrainingError, LeakError
        As `train`, but for what only shows while it learns.
    """
    if config.needs_keras:
        load_keras()  # first of all: without it nothing else is worth saying
    divide(dataset, seed=config.seed)


def train(
    dataset: Dataset,
    config: TrainingConfig,
    progress: Progress = silent,
    *,
    on_epoch: OnEpoch | None = None,
    against: Present | None = None,
) -> Trained:
    """Train a network on a data set.

    Parameters
    ----------
    dataset : Dataset
        Its split column is kept to: see `~lib.training.sides.divide`.
    config : TrainingConfig
        The settings.  The same settings and data give the same weights on one machine.
    progress : Progress
        Told after each epoch; may raise `~lib.errors.Cancelled`.
    on_epoch : callable or None
        Told the figures of each epoch.
    against : Present or None
        A model that is asked for the genre of the songs held out as well; see
        `~lib.training.against.judge_against`.

    Raises
    ------
    TrainingError
        If TensorFlow is missing, a genre has too few songs, or the loss stops being a number.
    LeakError
        If the table's own split puts a song's replica on another side.
    """
    if config.needs_keras:
        load_keras()
    rows, sides = rows_for(dataset, config), divide(dataset, seed=config.seed)
    labels = dataset.labels
    learned = learn(rows, sides, labels=labels, config=config, progress=progress, on_epoch=on_epoch)
    early, held_out = as_model(learned.early, labels, config), rows.at(sides.validation)
    judgement = _judged(early, held_out)
    metrics = {"validation": {"by": sides.by, **judgement.to_dict()}}
    model = as_model(
        learned.final,
        labels,
        config,
        training=_story(rows, sides, config, learned),
        metrics=metrics,
        versions=versions(keras=config.needs_keras),
        data=describe(dataset),
    )
    model = with_confidence(
        model,
        dataset,
        sides.refit if config.refit else sides.training,
        held_out,
        early.ballots(early.probabilities(held_out.X)),
    )
    if len(sides.test):
        metrics["test"] = _judged(model, rows.at(sides.test)).to_dict()
    notes, comparison = list(_notes(rows, sides)), None
    if against is not None:
        try:
            comparison = judge_against(against, rows, sides, early, config, progress)
        except (TrainingError, JudgementError) as error:
            notes.append(f"It can't be compared with model {against.model.name}. {error}")
        else:
            metrics["against"] = comparison.to_dict()
    return Trained(model, learned.early.history, judgement, tuple(notes), comparison)


def describe(dataset: Dataset) -> dict[str, Any]:
    """Return what a model tells of the data it learned from; no path of this machine."""
    songs = dict(zip(dataset.track, dataset.genre, strict=True))
    artists = dict(zip(dataset.track, Rows.of(dataset).artist_keys, strict=True))
    by_genre: dict[str, set[str]] = {genre: set() for genre in dataset.labels}
    for track, artist in artists.items():
        by_genre[songs[track]].add(artist)
    counts = Counter(songs.values())
    return {
        "name": dataset.folder.resolve().name,
        "fingerprint": dataset.fingerprint,
        "tracks": len(songs),
        "windows": len(dataset.track),
        "artists": len(set(artists.values()) - {""}),
        "tracks_without_artist": sum(not artist for artist in artists.values()),
        "genres": {
            genre: {"tracks": counts[genre], "artists": len(by_genre[genre] - {""})}
            for genre in dataset.labels
        },
    }


def _judged(model: Model, rows: Rows) -> Judgement:
    ballots = model.ballots(model.probabilities(rows.X))
    return judge_songs(rows.track, rows.genre, ballots, labels=model.labels)


def _story(rows: Rows, sides: Sides, config: TrainingConfig, learned: Learned) -> dict[str, Any]:
    numbers = {
        "training": sides.training,
        "validation": sides.validation,
        "excluded": sides.excluded,
        "test": sides.test,
        "learned_from": sides.refit if config.refit else sides.training,
    }
    return {
        "config": asdict(config),
        "validation_by": sides.by,
        "tracks": {side: len(set(rows.track[of])) for side, of in numbers.items()},
        "epochs_run": len(learned.early.history),
        "best_epoch": learned.early.best_epoch,
    }


def _notes(rows: Rows, sides: Sides) -> Iterator[str]:
    unknown = len({t for t, a in zip(rows.track, rows.artist_keys, strict=True) if not a})
    if sides.by == "artist" and unknown:
        yield (
            f"The artists of {unknown} of {len(set(rows.track))} songs are unknown; their songs "
            f"may stand on both sides, and the validation figures flatter."
        )
    if sides.by == "song":
        yield (
            "A genre is all by one artist, so songs were held out one by one; the validation "
            "figures tell how well artists are recognised again."
        )
    if missing := sorted(set(rows.genre[sides.training]) - set(rows.genre[sides.validation])):
        yield f"No song of {', '.join(missing)} stands among those held out."
