"""The table of what the backbone heard: ``activations.csv``, beside ``features.csv``.

It has that table's rows, one a window.  Of each it tells, in the column ``heard``, the backbone's
version and the size and time of change of the audio, so that a song is heard anew only where one of
them is another.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from lib.backbone import ACTIVATION_NAMES, BACKBONE_VERSION
from lib.dataset.cells import digits, guarded, unguarded
from lib.dataset.extraction import Heard
from lib.dataset.keeping import PARTS_KEPT
from lib.files import replacing

ACTIVATIONS = "activations.csv"
_HEARD = "heard"


@dataclass(frozen=True, eq=False)
class Activations:
    """What the backbone heard in one song.

    Parameters
    ----------
    heard : str
        What tells whether it is still true; see `stamp`.
    X : np.ndarray [shape=(windows, 400)]
        In the order of `~lib.backbone.ACTIVATION_NAMES`.
    """

    heard: str
    X: NDArray[np.float64]


class Kept:
    """What the backbone hears of songs while their features are computed, kept in `ACTIVATIONS`.

    A context manager: at its end, however that comes, and now and then before, all is written.

    Parameters
    ----------
    folder : Path
        Of the tables.
    songs : int
        How many are to be heard.
    """

    def __init__(self, folder: Path, songs: int) -> None:
        self._path = folder / ACTIVATIONS
        self._songs = songs
        self._found: dict[str, Activations] = {}
        self._new: dict[str, Activations] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._keep()

    def take(self, track: str, heard: Heard) -> None:
        """Take what was heard of a song, if the backbone heard it."""
        if heard.activations is not None:
            known = stamp([(heard.size, heard.mtime_ns)])
            self._new[track] = Activations(known, heard.activations)
            if PARTS_KEPT * len(self._new) > self._songs:
                self._keep()

    def _keep(self) -> None:
        """Write what was taken beside what was kept before."""
        if self._new:
            self._found = (self._found or read_activations(self._path)) | self._new
            self._new = {}
            write_activations(self._path, self._found)


def stamp(signatures: Iterable[tuple[int, int]]) -> str:
    """Tell by which backbone files were heard, and what they were at that time.

    Parameters
    ----------
    signatures : iterable of (int, int)
        Of each file size, bytes, and time of change, ns, from `~lib.dataset.remote.signature`.
    """
    return "-".join([BACKBONE_VERSION, *(f"{size}.{changed}" for size, changed in signatures)])


def read_activations(path: Path) -> dict[str, Activations]:
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


def write_activations(path: Path, found: Mapping[str, Activations]) -> None:
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
