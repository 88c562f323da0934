"""A data set as networks see it that hear segments: computed from its audio, and kept beside it.

What was computed lies in ``NAME.npz`` beside the tables, NAME being that of the representation;
a file is heard anew only where its size or time of change, or the computation, are other than
before.  Stopped at any moment, the next call goes on where this one was.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lib.audio import open_audio
from lib.dataset.dataset import Dataset
from lib.dataset.keeping import hear_and_keep, nothing_heard
from lib.errors import AudioError
from lib.features import REPRESENTATIONS, WINDOWS, Cutter, Representation
from lib.files import replacing
from lib.progress import Progress, silent
from lib.workers import Lost, end_with_parent


@dataclass(frozen=True, eq=False)
class _Segments:
    """The segments of one song.

    size and mtime_ns are those of its file as it was opened; X [shape=(segments, d)] is float32.
    """

    size: int
    mtime_ns: int
    X: NDArray[np.float32]


def as_heard(
    dataset: Dataset,
    representation: Representation,
    *,
    workers: int | None = None,
    progress: Progress = silent,
) -> Dataset:
    """Return a data set whose rows are what a network is given.

    Parameters
    ----------
    dataset : Dataset
        The tables, whose rows are windows.
    representation : Representation
        Windows leave it as it is.  Of segments, each is a row, and songs whose audio is not there
        or can't be heard have none.
    workers : int or None
        Processes that hear; None for one per core, 0 to take only what was heard before.
    progress : Progress
        ``"Hearing segments"``; may raise `~lib.errors.Cancelled`.

    Raises
    ------
    DatasetError
        If no song's audio can be heard.
    """
    if representation is WINDOWS:
        return dataset
    # pandas is there already: it made the tables.
    import pandas as pd

    paths = {track: path for track in dataset.tracks.index if (path := dataset.audio(track))}
    cache = cache_path(dataset, representation)
    found = _current(_read(cache, representation), paths)
    waiting = {path: track for track, path in paths.items() if track not in found}
    if waiting and workers != 0:
        _hear_all(waiting, found, representation, cache, workers, progress)
    heard = [track for track in dataset.tracks.index if track in found]
    if not heard:
        raise nothing_heard(dataset)
    index = [track for track in heard for _ in found[track].X]
    X = np.concatenate([found[track].X for track in heard])
    rows = pd.DataFrame(X.astype(np.float64), index=pd.Index(index, dtype=object, name="track"))
    return replace(dataset, features=rows)


def cache_path(dataset: Dataset, representation: Representation) -> Path:
    """Return where a data set's segments are kept."""
    return dataset.folder / f"{representation.name}.npz"


def write_json(heard: Dataset, representation: Representation, path: Path) -> None:
    """Write segments as JSON, whole or not at all.

    ``mapping`` holds the genres, sorted, ``labels`` the number of each segment's, ``track`` the
    song it is of, and ``mfcc`` its frames as lists of coefficients: the form in which such data are
    usually handed on.

    Parameters
    ----------
    heard : Dataset
        From `as_heard`.
    representation : Representation
        Of its rows, which are frames of MFCCs.
    path : Path
        Where to write.
    """
    number = {genre: i for i, genre in enumerate(heard.labels)}
    head = {
        "mapping": list(heard.labels),
        "labels": [number[genre] for genre in heard.genre],
        "track": list(heard.track),
    }
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8") as file:
        file.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "mfcc": [')
        for i, row in enumerate(heard.X):
            # Segment by segment: all of them as Python's numbers would take ten times the memory.
            frames = row.reshape(representation.frames, -1).round(4).tolist()
            file.write((",\n" if i else "\n") + json.dumps(frames))
        file.write("\n]}\n")


def hear_segments(path: Path, name: str) -> _Segments | None:
    """Compute a representation of each segment of a song: what a worker process does.

    Parameters
    ----------
    path : Path
        The song.
    name : str
        Of the representation.

    Returns
    -------
    _Segments or None
        None where it can't be heard.
    """
    representation, cutter, rows = REPRESENTATIONS[name], Cutter(), []
    try:
        status = path.stat()
        with open_audio(path) as stream:
            for window in stream.windows():
                rows += [representation.compute(each.samples) for each in cutter.cut(window)]
                end_with_parent()
    except (AudioError, OSError):
        return None
    X = np.array(rows, dtype=np.float32).reshape(len(rows), representation.size)
    if not len(X) or not np.isfinite(X).all():
        return None
    return _Segments(status.st_size, status.st_mtime_ns, X)


def _hear_all(
    waiting: Mapping[Path, str],
    found: dict[str, _Segments],
    representation: Representation,
    cache: Path,
    workers: int | None,
    progress: Progress,
) -> None:
    """Hear songs, add them to `found`, and keep all of those."""

    def take(path: Path, heard: _Segments | Lost | None) -> None:
        if isinstance(heard, _Segments):
            found[waiting[path]] = heard

    hear_and_keep(
        partial(hear_segments, name=representation.name),
        waiting,
        workers=workers,
        step="Hearing segments",
        progress=progress,
        take=take,
        keep=lambda: _write(cache, representation, found),
    )


def _current(kept: dict[str, _Segments], paths: Mapping[str, Path]) -> dict[str, _Segments]:
    """Return those of the kept songs whose files are as they were."""
    current = {}
    for track, segments in kept.items():
        with suppress(OSError, KeyError):
            status = paths[track].stat()
            if (status.st_size, status.st_mtime_ns) == (segments.size, segments.mtime_ns):
                current[track] = segments
    return current


def _read(path: Path, representation: Representation) -> dict[str, _Segments]:
    """Read what was kept; nothing where there is none, or of another computation."""
    try:
        # Opened here, as numpy leaves a file open in which it finds no archive.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            if str(kept["version"]) != representation.version:
                return {}
            parts = np.split(kept["X"], np.cumsum(kept["segments"])[:-1])
            columns = (kept["track"].tolist(), kept["size"].tolist(), kept["mtime_ns"].tolist())
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}  # it is made anew
    rows = zip(*columns, parts, strict=True)
    return {track: _Segments(size, mtime_ns, X) for track, size, mtime_ns, X in rows}


def _write(path: Path, representation: Representation, found: Mapping[str, _Segments]) -> None:
    """Keep songs, whole or not at all; where the folder can't be written, they are not kept."""
    if not found:
        return
    songs: Iterable[_Segments] = found.values()
    with suppress(OSError), replacing(path) as temporary:
        np.savez(
            temporary,
            version=np.array(representation.version),
            track=np.array(list(found)),
            size=np.array([each.size for each in songs], dtype=np.int64),
            mtime_ns=np.array([each.mtime_ns for each in songs], dtype=np.int64),
            segments=np.array([len(each.X) for each in songs], dtype=np.int64),
            X=np.concatenate([each.X for each in songs]),
        )
