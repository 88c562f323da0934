"""What the backbone hears in the songs of a data set: computed from their audio, kept as CSV.

``activations.csv`` lies beside ``features.csv`` and has its rows, one a window.  Of each it tells,
in the column ``heard``, the backbone's version and the size and time of change of the audio, so
that a song is heard anew only where one of them is another.  Stopped at any moment, the next run
goes on where this one was.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lib.audio import open_audio
from lib.backbone import (
    ACTIVATION_NAMES,
    BACKBONE_RATE,
    BACKBONE_VERSION,
    Backbone,
    BackboneError,
    Ear,
    load_backbone,
    needs_backbone,
)
from lib.dataset.assembly import EXCERPTS
from lib.dataset.cells import digits, guarded, unguarded
from lib.dataset.dataset import Dataset
from lib.dataset.keeping import hear_and_keep, nothing_heard
from lib.errors import AudioError
from lib.files import replacing
from lib.progress import Progress, silent
from lib.workers import Lost, end_with_parent

ACTIVATIONS = "activations.csv"
_HEARD = "heard"

Paths = tuple[Path, ...]


@dataclass(frozen=True, eq=False)
class Activations:
    """What the backbone heard in one song.

    Parameters
    ----------
    heard : str
        What tells whether it is still true; see `_stamp`.
    X : np.ndarray [shape=(windows, 400)]
        In the order of `~lib.backbone.ACTIVATION_NAMES`.
    """

    heard: str
    X: NDArray[np.float64]


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
    found = _current(_read(path), paths, windows)
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
            keep=lambda: _write(path, found),
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
        heard = _stamp(paths)  # before it is opened: a file that changes meanwhile looks changed
        for path in paths:
            ear, spans = Ear(_backbone()), []
            with open_audio(path) as stream:
                stream.also(BACKBONE_RATE, ear.take)
                for window in stream.windows():
                    spans.append((window.start, window.end))
                    end_with_parent()
            ear.end()
            rows += [ear.over(start, end).activations for start, end in spans]
    except (AudioError, BackboneError, OSError):
        return None
    return Activations(heard, np.array(rows))


@cache
def _backbone() -> Backbone:
    """Return the backbone of this process."""
    return load_backbone()


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


def _stamp(paths: Paths) -> str:
    """Tell by which backbone files were heard, and what they were at that time."""
    status = [path.stat() for path in paths]
    return "-".join([BACKBONE_VERSION, *(f"{s.st_size}.{s.st_mtime_ns}" for s in status)])


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
            if gone or heard.heard == _stamp(paths[track]):
                current[track] = heard
    return current


def _read(path: Path) -> dict[str, Activations]:
    """Read what was kept; what can't be read is heard anew."""
    stamps: dict[str, str] = {}
    rows: dict[str, list[list[float]]] = {}
    unreadable = suppress(OSError, UnicodeDecodeError, csv.Error, ValueError, StopIteration)
    with unreadable, path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        if next(reader) != ["track", _HEARD, *ACTIVATION_NAMES]:
            return {}
        for cells in reader:
            track = unguarded(cells[0])
            stamps[track] = cells[1]
            rows.setdefault(track, []).append([float(cell) for cell in cells[2:]])
    return {
        track: Activations(stamps[track], np.array(values))
        for track, values in rows.items()
        if all(len(row) == len(ACTIVATION_NAMES) for row in values)
    }


def _write(path: Path, found: Mapping[str, Activations]) -> None:
    """Write what was heard, whole or not at all; where that can't be done, it is heard again."""
    with suppress(OSError), replacing(path) as temporary:
        file = temporary.open("w", encoding="utf-8", newline="")
        with file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["track", _HEARD, *ACTIVATION_NAMES])
            writer.writerows(_rows(found))


def _rows(found: Mapping[str, Activations]) -> Iterable[list[str]]:
    for track, heard in sorted(found.items()):
        for row in heard.X.tolist():
            yield [guarded(track), heard.heard, *map(digits, row)]
