"""What a network is given of a data set's songs, before it is trained on them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lib.backbone import BackboneError
from lib.dataset import Dataset, as_backbone_hears, as_heard, cache_path, write_json
from lib.errors import DatasetError
from lib.features import EXTRA_NAMES, Representation
from lib.judgement import Along, only, read_corrections, take_along
from lib.progress import Progress, silent
from lib.training.config import TrainingConfig

_KEPT_AS_JSON = "cnn-segments"  # as those who made that network hand its segments on


def heard_songs(
    songs: Dataset, config: TrainingConfig, progress: Progress = silent
) -> tuple[Dataset, tuple[str, ...]]:
    """Return a data set whose rows are what the network of a configuration hears.

    Parameters
    ----------
    songs : Dataset
        The tables.
    config : TrainingConfig
        Whose network it is for.
    progress : Progress
        See `~lib.dataset.as_heard`.

    Returns
    -------
    dataset : Dataset
        `songs` itself for networks that hear windows, else the segments of their audio, or for the
        ear what the backbone hears in it.
    notes : tuple of str
        What a person should know of that, as sentences.

    Raises
    ------
    DatasetError
        As `~lib.dataset.as_heard`.
    BackboneError
        As `~lib.dataset.as_backbone_hears`.
    """
    heard = config.representation
    dataset, notes = as_heard(songs, heard, progress=progress), []
    dataset = as_backbone_hears(dataset, config.feature_names, progress=progress)
    count = len(songs.tracks)
    if dataset is not songs and (missing := count - len(set(dataset.track))):
        notes.append(
            f"The audio of {missing} of the {count} songs is not there or can't be heard; they "
            f"are left out."
        )
    if config.network == _KEPT_AS_JSON:
        notes += _keep_json(dataset, heard, cache_path(songs, heard))
    return dataset, tuple(notes)


def with_corrections(
    songs: Dataset,
    heard: Dataset,
    folder: Path,
    config: TrainingConfig,
    progress: Progress = silent,
) -> tuple[Dataset, Dataset, Along, tuple[str, ...]]:
    """Take along what a person corrected (see `~lib.judgement.take_along`).

    Parameters
    ----------
    songs : Dataset
        The tables.
    heard : Dataset
        What the network hears of them, as `heard_songs` gave it.
    folder : Path
        Of the corrections; there may be none.
    config : TrainingConfig
    progress : Progress

    Returns
    -------
    songs, heard : Dataset
        With the corrections.
    along : Along
        What these change.
    notes : tuple of str
        What a person should know of that, as sentences.
    """
    try:
        corrections = read_corrections(folder)
        along = take_along(songs, corrections)
        if corrections is None or along == Along():
            return songs, heard, Along(), ()
        new, notes = _heard_anew(only(corrections, along.added), config, progress)
    except (BackboneError, DatasetError) as error:
        return songs, heard, Along(), (f"What you corrected can't be taken along. {error}",)
    there = set(new.track)
    added = {track: genre for track, genre in along.added.items() if track in there}
    along = replace(along, added=added)
    if along.strange:
        genres = ", ".join(along.strange)
        notes = (
            *notes,
            f"Corrections to genres that this training has not are left out: {genres}.",
        )
    told = filter(None, (along.told(folder), *notes))
    return along.onto(songs, corrections), along.onto(heard, new), along, tuple(told)


def _heard_anew(
    corrections: Dataset, config: TrainingConfig, progress: Progress
) -> tuple[Dataset, tuple[str, ...]]:
    """Return what the network hears of corrected songs; nothing where it can't hear them."""
    if not len(corrections.track):
        return corrections, ()
    if not config.representation.segments and set(config.feature_names) & set(EXTRA_NAMES):
        told = "The songs that you corrected have the 85 features alone, so they are not learned."
        return only(corrections, ()), (told,)
    try:
        return heard_songs(corrections, config, progress)
    except DatasetError:
        told = "The audio of the songs that you corrected is not there; they are not learned."
        return only(corrections, ()), (told,)


def _keep_json(dataset: Dataset, heard: Representation, cache: Path) -> list[str]:
    """Keep segments as JSON beside the tables, where there is none as new as they are."""
    path = cache.with_suffix(".json")
    try:
        if not path.is_file() or path.stat().st_mtime_ns < cache.stat().st_mtime_ns:
            write_json(dataset, heard, path)
    except OSError as error:
        return [f"{path} can't be written: {error.strerror or error}."]
    return []
