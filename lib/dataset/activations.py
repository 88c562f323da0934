"""What the backbone hears in the songs of a data set: computed from their audio, and kept.

Mostly it is heard while the features are computed, by the same decoding; here is heard what lacks.
Stopped at any moment, the next run goes on where this one was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lib.audio import open_audio
from lib.backbone import (
    ACTIVATION_NAMES,
    BACKBONE_VERSION,
    BackboneError,
    load_backbone,
    needs_backbone,
)
from lib.dataset.activation_table import (
    ACTIVATIONS,
    Activations,
    read_activations,
    stamp,
    write_activations,
)
from lib.dataset.assembly import EXCERPTS
from lib.dataset.dataset import Dataset
from lib.dataset.extraction import activations_of, backbone_on
from lib.dataset.keeping import hear_and_keep, nothing_heard
from lib.dataset.remote import signature
from lib.errors import AudioError
from lib.progress import Progress, silent
from lib.workers import Lost, end_with_parent

Paths = tuple[Path, ...]


def as_backbone_hears(
    dataset: Dataset,
    names: Sequence[str],
    *,
    workers: int | None = None,
    progress: Progress = silent,
) -> Dataset:
    """Return a data set that holds the features which a model wants.

    Parameters
    ----------
    dataset : Dataset
        With the 85 features; left as it is where none of the names is the backbone's.
    names : sequence of str
        The features.  Where the backbone's are among them, they alone are held, in this order,
        and songs whose audio is not there, or can't be heard, have no rows.
    workers, progress
        As for `hear_activations`.

    Raises
    ------
    DatasetError
        Where no song's audio can be heard.
    BackboneError
        Where the backbone is wanted and can't be had.
    """
    if not needs_backbone(names):
        return dataset
    # pandas is there already: it made the tables.
    import pandas as pd

    found = hear_activations(dataset, workers=workers, progress=progress)
    if not found:
        raise nothing_heard(dataset)
    features = dataset.features[[track in found for track in dataset.track]]
    windows = {track: iter(heard.X) for track, heard in found.items()}
    rows = np.array([next(windows[track]) for track in features.index])
    more = pd.DataFrame(rows, index=features.index, columns=list(ACTIVATION_NAMES))
    return replace(dataset, features=pd.concat([features, more], axis=1)[list(names)])


def hear_activations(
    dataset: Dataset, *, workers: int | None = None, progress: Progress = silent
) -> dict[str, Activations]:
    """Hear the songs of a data set by the backbone, and keep what it heard in `ACTIVATIONS`.

    Parameters
    ----------
    dataset : Dataset
        Whose tracks.csv tells where the audio lies; a song's rows are in order of time.
    workers : int or None
        Processes that hear; None for one per core.
    progress : Progress
        ``"Hearing songs by the backbone"``; may raise `~lib.errors.Cancelled`.

    Returns
    -------
    dict of str to Activations
        By track, of those songs whose windows are as many as they have features of.

    Raises
    ------
    BackboneError
        Where the backbone can't be had and something is still to be heard.
    """
    windows = Counter(dataset.track)
    paths = {track: _paths(dataset, track) for track in windows}
    path = dataset.folder / ACTIVATIONS
    found = _current(read_activations(path), paths, windows)
    waiting: dict[Paths, list[str]] = {}
    for track, files in paths.items():
        if files and track not in found:
            waiting.setdefault(files, []).append(track)
    if waiting:
        load_backbone(progress=progress)  # once for all, and its error before any process starts

        def take(files: Paths, heard: Activations | Lost | None) -> None:
            if isinstance(heard, Activations):
                tracks = [t for t in waiting[files] if len(heard.X) == windows[t]]
                found.update(dict.fromkeys(tracks, heard))

        hear_and_keep(
            hear_song,
            waiting,
            workers=workers,
            step="Hearing songs by the backbone",
            progress=progress,
            take=take,
            keep=lambda: write_activations(path, found),
        )
    return found


def hear_song(paths: Paths) -> Activations | None:
    """Hear the windows of a song by the backbone: what a worker process does.

    Parameters
    ----------
    paths : tuple of Path
        The song's file, or those of its excerpts, in order.

    Returns
    -------
    Activations or None
        None where it can't be heard.
    """
    rows: list[NDArray[np.float64]] = []
    try:
        # Before they are opened: a file that changes meanwhile looks changed.
        heard = stamp(map(signature, paths))
        for path in paths:
            spans = []
            with open_audio(path) as stream:
                ear = backbone_on(stream)
                for window in stream.windows():
                    spans.append((window.start, window.end))
                    end_with_parent()
            rows += list(activations_of(ear, spans))
    except (AudioError, BackboneError, OSError):
        return None
    return Activations(heard, np.array(rows))


def _paths(dataset: Dataset, track: str) -> Paths:
    """Return the files that a song's rows were computed from; none where they are not there."""
    first = dataset.audio(track)
    if first is None or not first.is_file():
        return ()
    if first.parent != dataset.folder / EXCERPTS:
        return (first,)
    # Of a collected song: ID.flac, ID.2.flac, ID.3.flac, ...
    others: list[Path] = []
    while (another := first.with_suffix(f".{len(others) + 2}{first.suffix}")).is_file():
        others.append(another)
    return (first, *others)


def _current(
    known: Mapping[str, Activations], paths: Mapping[str, Paths], windows: Mapping[str, int]
) -> dict[str, Activations]:
    """Keep what is still true of songs; where their audio is gone, it can't be doubted."""
    current = {}
    for track, heard in known.items():
        if len(heard.X) != windows.get(track) or not np.isfinite(heard.X).all():
            continue
        with suppress(OSError):
            gone = not paths[track] and heard.heard.startswith(f"{BACKBONE_VERSION}-")
            if gone or heard.heard == stamp(map(signature, paths[track])):
                current[track] = heard
    return current
