"""What a network is given of a data set's songs, before it is trained on them."""

from __future__ import annotations

from pathlib import Path

from lib.dataset import Dataset, as_backbone_hears, as_heard, cache_path, write_json
from lib.features import Representation
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


def _keep_json(dataset: Dataset, heard: Representation, cache: Path) -> list[str]:
    """Keep segments as JSON beside the tables, where there is none as new as they are."""
    path = cache.with_suffix(".json")
    try:
        if not path.is_file() or path.stat().st_mtime_ns < cache.stat().st_mtime_ns:
            write_json(dataset, heard, path)
    except OSError as error:
        return [f"{path} can't be written: {error.strerror or error}."]
    return []
