"""What the training page's threads do: look at a data set, read a result, take a model."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lib.errors import DatasetError, ModelError
from lib.gui.facts import ModelFacts
from lib.gui.hearing import Ear
from lib.gui.training.state import Result, Survey
from lib.progress import Progress

if TYPE_CHECKING:  # pandas comes with it
    from lib.dataset import Dataset

# What `make dev` brings for training all but the ear, by the names of the modules.
NEEDED = {"tensorflow": "TensorFlow", "keras": "Keras", "sklearn": "scikit-learn"}


def survey(folder: Path, corrections: Path, ear: Ear, progress: Progress) -> Survey:
    """Look at a data set before anybody trains on it.

    Parameters
    ----------
    folder : Path
        Of the tables.
    corrections : Path
        The folder of what a person corrected.
    ear : Ear
        Has the present model.
    progress : Progress
        May raise `~lib.errors.Cancelled`.

    Raises
    ------
    DatasetError
        If its tables can't be used.
    """
    progress("Reading the data", None)
    from lib.backbone import needs_backbone
    from lib.dataset import FEWEST_SONGS, count_learnable, read_dataset
    from lib.model import DEFAULT_MODEL, EAR_MODEL

    dataset = read_dataset(folder)
    progress("Reading the data", None)
    along, corrected = _with_corrections(dataset, corrections)
    name = folder.resolve().name.lstrip(".") or "mine"
    if name in {DEFAULT_MODEL.name, EAR_MODEL.name}:  # a first try never replaces what ships
        name = f"{name}-mine"
    return Survey(
        folder,
        name,
        count_learnable(dataset),
        FEWEST_SONGS,
        missing_parts(),
        deafness(),
        _comparable(ear),
        present="" if ear.folder in {DEFAULT_MODEL, EAR_MODEL} else ear.folder.name,
        by_ear=needs_backbone(ear.model().feature_names),
        artists=any(artist.strip() for artist in dataset.artist),
        corrections=corrections,
        along=along,
        corrected=corrected,
    )


def _with_corrections(dataset: Dataset, folder: Path) -> tuple[int, dict[str, int]]:
    """Return how many corrected songs a training would take along, and its songs by genre then."""
    from lib.dataset import count_learnable
    from lib.judgement import read_corrections, take_along

    try:
        corrections = read_corrections(folder)
    except DatasetError:  # of which the page Data tells
        return 0, {}
    along = take_along(dataset, corrections)
    if corrections is None or not along.songs:
        return 0, {}
    return along.songs, count_learnable(along.onto(dataset, corrections))


def deafness() -> str:
    """Say why the ear can't be trained; "" where it can."""
    from lib.backbone import BackboneError, load_backbone

    try:
        load_backbone()
    except BackboneError as error:
        return str(error)
    return ""


def missing_parts() -> str:
    """Name what training needs and is not installed, without importing any of it."""
    missing = [name for module, name in NEEDED.items() if find_spec(module) is None]
    return " and ".join(filter(None, (", ".join(missing[:-1]), *missing[-1:])))


def read_result(judgement: Mapping[str, Any], comparison: Mapping[str, Any] | None) -> Result:
    """Read how a new model does from what the training has told.

    Parameters
    ----------
    judgement : mapping
        `lib.judgement.Judgement` as JSON.
    comparison : mapping or None
        `lib.judgement.Comparison` as JSON.
    """
    from lib.judgement import Comparison, GenreCompared, Share

    if comparison is not None:
        read = Comparison.from_dict(comparison)
        return Result(read.new, read.genres, read)
    labels, confusion = judgement["labels"], judgement["confusion"]
    genres = []
    for number, (genre, row) in enumerate(zip(labels, confusion, strict=True)):
        others = {labels[i]: n for i, n in enumerate(row) if n and i != number}
        ranked = dict(sorted(others.items(), key=lambda pair: (-pair[1], pair[0])))
        genres.append(GenreCompared(genre, sum(row), row[number], None, ranked))
    judged = tuple(genre for genre in genres if genre.songs)
    right, songs = sum(each.new for each in judged), sum(each.songs for each in judged)
    return Result(Share(right, songs), judged, None)


def take(candidate: Path, folder: Path, ear: Ear, progress: Progress) -> ModelFacts:
    """Put a trained model where models lie, and let the window answer with it.

    Parameters
    ----------
    candidate : Path
        Where it lies; gone afterwards.
    folder : Path
        Where it is to lie.
    ear : Ear
        Hears with it from then on.
    progress : Progress
        May raise `~lib.errors.Cancelled`.

    Raises
    ------
    ModelError
        If it can't be read or put there; the window then answers with the model from before.
    """
    progress("Taking the new model", None)
    from lib.model import move_model

    move_model(candidate, folder)
    ear.use(folder)
    return ear.facts()


def restore(ear: Ear, progress: Progress) -> ModelFacts:
    """Let the window answer with the model that ships."""
    progress("Reading the model", None)
    ear.use(None)
    return ear.facts()


def discard(candidate: Path) -> Callable[[Progress], None]:
    """Return the work of removing a trained model that nobody wants."""

    def work(_progress: Progress) -> None:
        shutil.rmtree(candidate, ignore_errors=True)

    return work


def _comparable(ear: Ear) -> Path | None:
    """Return the folder of the present model, or None if it can't be asked about the data."""
    from lib.backbone import features_version, needs_backbone
    from lib.features import FEATURE_NAMES

    try:
        model = ear.model()
        # What hears by the backbone hears something else than the table holds.
        names = model.feature_names if needs_backbone(model.feature_names) else FEATURE_NAMES
        model.check_features(names, features_version(names))
    except ModelError:
        return None
    return ear.folder
