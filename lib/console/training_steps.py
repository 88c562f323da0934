"""The steps of a training, each of which is told of as it goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from lib.backbone import BackboneError, features_version
from lib.console.training import Teller
from lib.dataset import Dataset
from lib.errors import DatasetError
from lib.events import Note, Started
from lib.features import REPRESENTATIONS
from lib.judgement import LEAKY, Along, FoldsBy, heard_by
from lib.model import Model, load_model
from lib.training import (
    CrossValidation,
    Present,
    Trained,
    TrainingConfig,
    check_trainable,
    cross_validate,
    heard_songs,
    leaky_judgement,
    train,
    with_corrections,
)


def hear(
    songs: Dataset, config: TrainingConfig, corrections: Path | None, teller: Teller
) -> tuple[Dataset, Dataset, Along]:
    """Return the songs, and what the network is given of them; as far as need be, of their audio.

    Both with what a person corrected, where that is to be taken along; the last says what that is.
    """
    with teller.progress() as progress:
        dataset, notes = heard_songs(songs, config, progress)
        along = Along()
        if corrections is not None:
            songs, dataset, along, more = with_corrections(
                songs, dataset, corrections, config, progress
            )
            notes = (*notes, *more)
    for note in notes:
        teller.tell(Note(note))
    return songs, dataset, along


def train_model(
    dataset: Dataset,
    songs: Dataset,
    config: TrainingConfig,
    against: Path | None,
    teller: Teller,
) -> Trained:
    """Train, beside the model of a folder where one is given, which is given the same songs."""
    present = _present(load_model(against), dataset, songs, config, teller) if against else None
    with teller.progress() as progress:
        progress("Loading TensorFlow" if config.needs_keras else "Beginning", None)
        check_trainable(dataset, config)
    teller.tell(
        Started(
            config.name,
            config.network,
            config.recipe,
            len(set(dataset.track)),
            dataset.labels,
            config.epochs,
            config.refit,
        )
    )
    with teller.progress() as progress:
        trained = train(dataset, config, progress, on_epoch=teller.tell, against=present)
    for note in trained.notes:
        teller.tell(Note(note))
    return trained


def _present(
    model: Model, dataset: Dataset, songs: Dataset, config: TrainingConfig, teller: Teller
) -> Present | None:
    """Return a model with the songs as it hears them, where it can."""
    hears_alike = model.feature_names == config.feature_names
    model.check_features(
        model.feature_names, features_version(model.feature_names, REPRESENTATIONS[model.hears])
    )
    if hears_alike:
        return Present(model, dataset)
    try:
        with teller.progress() as progress:
            return Present(model, heard_by(model, songs, progress))
    except (BackboneError, DatasetError) as error:
        teller.tell(Note(f"It can't be compared with model {model.name}. {error}"))
        return None


def judge_recipe(
    dataset: Dataset,
    songs: Dataset,
    config: TrainingConfig,
    protocols: Mapping[FoldsBy, int],
    teller: Teller,
) -> dict[FoldsBy, CrossValidation]:
    """Judge the recipe by protocols, over so many folds each."""
    judged = {}
    for protocol, folds in protocols.items():
        with teller.progress() as progress:
            found = cross_validate(
                dataset, config, protocol=protocol, folds=folds, songs=songs, progress=progress
            )
        judged[protocol] = found
        name = "The table's split" if protocol == "split" else f"{folds} {protocol} folds"
        teller.say(
            f"{name}: {found.network.mean:.1%} (SVM {found.svm.mean:.1%}"
            + (f", plain recipe {found.plain.mean:.1%}" if found.plain else "")
            + (f", mlp85 {found.mlp85.mean:.1%}" if found.mlp85 else "")
            + f"), {found.seconds:.1f} s each"
        )
    return judged


def beside_the_leaky(
    model: Model, dataset: Dataset, config: TrainingConfig, teller: Teller
) -> Model:
    """Let a model tell also what a random split of windows would have said, where that leaks."""
    with teller.progress() as progress:
        leaky = leaky_judgement(dataset, config, progress)
    if leaky is None:
        return model
    teller.say(f"{LEAKY}: {leaky.accuracy:.1%} of {leaky.n} windows. Nothing follows from that.")
    return replace(model, metrics={**model.metrics, "leaky": {"what": LEAKY, **leaky.to_dict()}})
