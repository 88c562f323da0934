"""Songs that a person corrected, taken along into a training on another data set.

None of them may stand there twice: of one that the set has, its genre is put right instead.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from lib.collecting.corrections import HEARD_AS
from lib.dataset import Dataset, read_dataset
from lib.dataset.tables import NUMBER_COLUMNS, TRACKS
from lib.genres import plain, words
from lib.judgement.rows import replicas
from lib.wording import count

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Along:
    """What corrections change of a data set.

    Parameters
    ----------
    added : mapping of str to str
        The corrected songs that the set has not, with their genres as the set spells them.
    righted : mapping of str to str
        Tracks of the set, and the genre that a person gave to that song.
    dropped : frozenset of str
        Tracks of the set whose genre is wrong, and whose right one the set has not.
    strange : tuple of str
        Genres of corrections that the set has not, sorted; they teach nothing here.
    """

    added: Mapping[str, str] = field(default_factory=dict)
    righted: Mapping[str, str] = field(default_factory=dict)
    dropped: frozenset[str] = frozenset()
    strange: tuple[str, ...] = ()

    @property
    def songs(self) -> int:
        """How many songs of the set, or beside it, they change."""
        return len(self.added) + len(self.righted) + len(self.dropped)

    @property
    def counts(self) -> dict[str, int]:
        """How many songs they add, put right and leave out, as a model keeps it."""
        return {
            "added": len(self.added),
            "righted": len(self.righted),
            "dropped": len(self.dropped),
        }

    def onto(self, songs: Dataset, corrections: Dataset) -> Dataset:
        """Return a data set with the corrections in it; the files stay as they are.

        Parameters
        ----------
        songs, corrections : Dataset
            Those that `take_along` was given, or what a network hears of both.
        """
        # pandas is there already: it made the tables.
        import pandas as pd

        tracks = songs.tracks.drop(index=[t for t in self.dropped if t in songs.tracks.index])
        for track, genre in self.righted.items():
            tracks.loc[track, "genre"] = genre
        kept = ~songs.features.index.isin(list(self.dropped))
        features, extra = songs.features[kept], songs.extra
        extra = extra[kept] if extra is not None else None
        if not self.added:
            return replace(songs, tracks=tracks, features=features, extra=extra)
        new = corrections.features.index.isin(list(self.added))
        more = corrections.features[new][list(songs.features.columns)]
        if extra is not None:
            unknown = pd.DataFrame(np.nan, index=more.index, columns=extra.columns)
            extra = pd.concat([extra, unknown])
        return replace(
            songs,
            tracks=pd.concat([tracks, self._rows(songs, corrections)]),
            features=pd.concat([features, more]),
            extra=extra,
        )

    def told(self, folder: Path) -> str:
        """Say what is taken along from a folder; ``""`` where nothing is."""
        what = changes_told(self.counts)
        if not what:
            return ""
        return (
            f"What you corrected is taken along from {folder}: {what}. "
            f"--no-corrections leaves it out."
        )

    def _rows(self, songs: Dataset, corrections: Dataset) -> pd.DataFrame:
        """Return the rows of tracks.csv of the songs that are added, with the set's columns."""
        rows = corrections.tracks.loc[list(self.added)].copy()
        rows["genre"] = list(self.added.values())
        rows["audio"] = [
            str((corrections.folder / audio).absolute()) if audio else "" for audio in rows["audio"]
        ]
        # In a table that is divided by hand they are learned from, and judge nothing.
        rows["split"] = "train" if np.any(songs.tracks["split"] != "") else ""
        missing = {
            column: np.nan if column in NUMBER_COLUMNS else ""
            for column in songs.tracks.columns
            if column not in rows.columns
        }
        return rows.assign(**missing)[list(songs.tracks.columns)]


def changes_told(counts: Mapping[str, int]) -> str:
    """Say what corrections changed of a data set; ``""`` where nothing.

    Parameters
    ----------
    counts : mapping of str to int
        See `Along.counts`.

    Examples
    --------
    >>> changes_told({"added": 2, "righted": 1, "dropped": 0})
    '2 songs more, 1 song with another genre'
    """
    words = {
        "added": "more",
        "righted": "with another genre",
        "dropped": "fewer, whose right genre is not in this training",
    }
    return ", ".join(
        f"{count(counts[name], 'song')} {told}" for name, told in words.items() if counts.get(name)
    )


def read_corrections(folder: Path) -> Dataset | None:
    """Read the songs of a data set that a person corrected; None where there is none.

    Raises
    ------
    DatasetError
        Where its tables can't be read.
    """
    if not (folder / TRACKS).is_file():
        return None
    found = read_dataset(folder)
    if HEARD_AS not in found.tracks.columns:
        return None
    tracks = found.tracks[found.tracks[HEARD_AS] != ""]
    if tracks.empty:
        return None
    return only(found, list(tracks.index))


def only(songs: Dataset, tracks: Collection[str]) -> Dataset:
    """Return a data set with some of its tracks alone."""
    wanted = list(tracks)
    rows = songs.features[songs.features.index.isin(wanted)]
    return Dataset(songs.folder, songs.tracks[songs.tracks.index.isin(wanted)], rows)


def take_along(songs: Dataset, corrections: Dataset | None) -> Along:
    """Say what corrections change of a data set.

    A song is the same in both where it has the same name, file, or features within rounding, or
    the same artist and title.

    Parameters
    ----------
    songs : Dataset
        With its 85 features.
    corrections : Dataset or None
        As `read_corrections` gives them.
    """
    if corrections is None or corrections.folder.resolve() == songs.folder.resolve():
        return Along()
    spelt = {plain(genre): genre for genre in songs.labels}
    there = _there(songs, corrections)
    heard = set(corrections.track)
    added: dict[str, str] = {}
    righted: dict[str, str] = {}
    dropped: set[str] = set()
    strange: set[str] = set()
    for track, said in zip(corrections.tracks.index, corrections.tracks["genre"], strict=True):
        genre = said if said in songs.labels else spelt.get(plain(said))
        if genre is None:
            strange.add(said)
            dropped |= there.get(track, set())
        elif track in there:
            wrong = [t for t in there[track] if songs.tracks.at[t, "genre"] != genre]
            righted |= dict.fromkeys(sorted(wrong), genre)
        elif track in heard:
            added[track] = genre
    righted = {track: genre for track, genre in righted.items() if track not in dropped}
    return Along(added, righted, frozenset(dropped), tuple(sorted(strange)))


def _there(songs: Dataset, corrections: Dataset) -> dict[str, set[str]]:
    """Return which tracks of the set each corrected song is, of those that it has."""
    same: dict[object, set[str]] = {}
    for key, track in _keys(songs):
        same.setdefault(key, set()).add(track)
    there: dict[str, set[str]] = {}
    for key, track in _keys(corrections):
        if key in same:
            there.setdefault(track, set()).update(same[key])
    numbers = replicas(np.concatenate([songs.X, corrections.X]))
    replica: dict[int, set[str]] = {}
    for number, track in zip(numbers.tolist(), songs.track, strict=False):
        replica.setdefault(number, set()).add(track)
    for number, track in zip(numbers[len(songs.X) :].tolist(), corrections.track, strict=True):
        if number in replica:
            there.setdefault(track, set()).update(replica[number])
    return there


def _keys(dataset: Dataset) -> Iterator[tuple[object, str]]:
    """Give what a song is known again by, and its track."""
    for track, row in dataset.tracks.iterrows():
        name = str(track)
        yield name, name
        if (path := dataset.audio(name)) is not None:
            yield Path(os.path.realpath(path)), name
        artist, title = words(str(row["artist"])), words(str(row["title"]))
        if artist and title and "unknown" not in artist:
            yield (artist, title), name
