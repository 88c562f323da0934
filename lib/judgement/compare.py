"""Two models asked for the genre of the same songs, which the new one has not learned from."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lib.dataset import Dataset
from lib.features import REPRESENTATIONS, WINDOWS
from lib.judgement.evaluate import song_means
from lib.judgement.metrics import wilson_interval
from lib.judgement.rows import Rows
from lib.model import Model
from lib.wording import count, percent


@dataclass(frozen=True)
class Share:
    """How many songs of how many were named rightly.

    Parameters
    ----------
    right, songs : int
    """

    right: int
    songs: int

    @property
    def accuracy(self) -> float:
        """The share named rightly; 0 where there are no songs."""
        return self.right / self.songs if self.songs else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Its 95 % interval; see `~lib.judgement.wilson_interval`."""
        return wilson_interval(self.right, self.songs) if self.songs else (0.0, 1.0)

    def to_dict(self) -> dict[str, Any]:
        """Return the share as JSON takes it."""
        return {
            "right": self.right,
            "songs": self.songs,
            "accuracy": self.accuracy,
            "interval": list(self.interval),
        }


@dataclass(frozen=True)
class GenreCompared:
    """What the two models make of the songs of one genre.

    Parameters
    ----------
    genre : str
    songs : int
        How many there are.
    new : int
        How many the new model names rightly.
    present : int or None
        How many the present one does; None where it doesn't know the genre.
    taken_for : mapping of str to int
        What the new model takes the others for, most frequent first.
    """

    genre: str
    songs: int
    new: int
    present: int | None
    taken_for: Mapping[str, int]


@dataclass(frozen=True)
class Comparison:
    """A new model beside the present one, on the same songs.

    Parameters
    ----------
    model : str
        The name of the present one.
    by : {"split", "artist", "song"}
        What the songs were chosen by, as in `~lib.training.sides.Sides`.
    new, present : Share
        Of all songs.  One of a genre that the present model doesn't know counts against it.
    shared_new, shared_present : Share
        Of the songs of genres that both know.
    learned : int or None
        How many of the songs the present model has learned from, which flatters it; None where
        that can't be told.
    fresh_new, fresh_present : Share
        Of the songs that it is not known to have learned from: the fair ones.
    only_new, only_present : int
        Of these, songs that only this one of the two named rightly.
    own : Share or None
        How the present model did on the songs held out of its own training, which are others.
    genres : tuple of GenreCompared
        Those that have songs, sorted.
    """

    model: str
    by: str
    new: Share
    present: Share
    shared_new: Share
    shared_present: Share
    learned: int | None
    fresh_new: Share
    fresh_present: Share
    only_new: int
    only_present: int
    own: Share | None
    genres: tuple[GenreCompared, ...]

    @property
    def chance(self) -> float:
        """How likely two equally good models differ by as much or more, between 0 and 1.

        The exact sign test on the songs that one of the two named rightly and the other did not
        (McNemar, "Note on the sampling error of the difference between correlated proportions or
        percentages", Psychometrika 12, 1947): ``2 * sum_{k <= m} C(n, k) / 2**n``, of n such songs
        the lesser part m.

        Examples
        --------
        >>> new, old = Share(5, 9), Share(0, 9)
        >>> Comparison("old", "song", new, old, new, old, 0, new, old, 5, 0, None, ()).chance
        0.0625
        """
        n, fewer = self.only_new + self.only_present, min(self.only_new, self.only_present)
        return min(1.0, 2 * sum(math.comb(n, k) for k in range(fewer + 1)) / 2.0**n)

    @property
    def new_genres(self) -> tuple[GenreCompared, ...]:
        """The genres that the present model doesn't know."""
        return tuple(genre for genre in self.genres if genre.present is None)

    def sentences(self) -> Iterator[str]:
        """Tell a person what came of it, and what speaks against trusting it.

        Yields
        ------
        str
            How both do on all songs and on those of genres that both know, how each new genre
            does, and whether the present model has learned from some of the songs.
        """
        songs, name = count(self.new.songs, "song"), self.model
        yield (
            f"On the {songs} held out the new model is right for {_percent(self.new)}, {name} for "
            f"{_percent(self.present)}."
        )
        if self.new_genres:
            yield (
                f"On the {self.shared_new.songs} of genres that both know it is right for "
                f"{_percent(self.shared_new)}, {name} for {_percent(self.shared_present)}."
            )
        for genre in self.new_genres:
            others = ", ".join(f"{other} ({n})" for other, n in genre.taken_for.items())
            yield (
                f"{genre.genre} is new: {genre.new} of {count(genre.songs, 'song')} recognised"
                + (f", the others taken for {others}." if others else ".")
            )
        yield from self._fairness()

    def _fairness(self) -> Iterator[str]:
        """Tell what is fair in it, and what is not."""
        name, fresh = self.model, self.fresh_new.songs
        if self.learned:
            yield (
                f"{name} has learned from {self.learned} of these songs, the new model from none: "
                f"that flatters {name}."
            )
        elif self.learned is None:
            yield (
                f"Whether {name} has learned from some of these songs can't be told; if so, it "
                f"flatters {name}."
            )
        if fresh and self.learned:
            yield (
                f"On the {fresh} others the new model is right for {_percent(self.fresh_new)}, "
                f"{name} for {_percent(self.fresh_present)}."
            )
        if fresh:
            yield (
                f"Only the new one is right on {self.only_new} of {count(fresh, 'song')}, only "
                f"{name} on {self.only_present}."
            )
        if self.own is not None:
            yield (
                f"On the {count(self.own.songs, 'song')} held out of its own training {name} was "
                f"right for {_percent(self.own)}."
            )

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison as JSON takes it."""
        return {
            **{name: getattr(self, name) for name in _PLAIN},
            **{name: getattr(self, name).to_dict() for name in _SHARES},
            "own": self.own.to_dict() if self.own is not None else None,
            "chance": self.chance,
            "genres": {
                each.genre: {
                    "songs": each.songs,
                    "new": each.new,
                    "present": each.present,
                    "taken_for": dict(each.taken_for),
                }
                for each in self.genres
            },
        }

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Comparison:
        """Read what `to_dict` gave, once JSON carried it."""
        values: dict[str, Any] = {name: content[name] for name in _PLAIN}
        values["own"] = None
        for name in (*_SHARES, *(("own",) if content["own"] is not None else ())):
            values[name] = Share(content[name]["right"], content[name]["songs"])
        genres = (GenreCompared(genre, **each) for genre, each in content["genres"].items())
        return cls(**values, genres=tuple(genres))


# In standard deviations of the inputs.  A model keeps three digits of each, which moves a song by
# 0.005 at most; the nearest songs that are not replicas lie some tenths apart, most of them 3 to 6.
SAME_SONG = 0.05

_PLAIN = ("model", "by", "learned", "only_new", "only_present")
_SHARES = ("new", "present", "shared_new", "shared_present", "fresh_new", "fresh_present")


def compare(
    rows: Rows, new: Model, present: Model, *, by: str, fingerprint: str = ""
) -> Comparison:
    """Ask two models for the genre of the same songs.

    Parameters
    ----------
    rows : Rows
        The songs' windows, of which the new model has learned none.
    new : Model
        Knows all their genres.
    present : Model
        May not know all of them.
    by : {"split", "artist", "song"}
        What the songs were chosen by.
    fingerprint : str
        Of the data set that they are of.

    Raises
    ------
    ModelError
        If a model was trained on features of another number.
    """
    called, called_before = call_songs(rows, new), call_songs(rows, present)
    songs = dict(zip(rows.track.tolist(), rows.genre.tolist(), strict=True))
    right = {track for track, genre in songs.items() if called[track] == genre}
    right_before = {track for track, genre in songs.items() if called_before[track] == genre}
    shared = {track for track, genre in songs.items() if genre in present.labels}
    learned = learned_songs(present, rows, fingerprint)
    fresh = set(songs) - (learned or set())
    return Comparison(
        model=present.name,
        by=by,
        new=Share(len(right), len(songs)),
        present=Share(len(right_before), len(songs)),
        shared_new=Share(len(right & shared), len(shared)),
        shared_present=Share(len(right_before & shared), len(shared)),
        learned=None if learned is None else len(learned),
        fresh_new=Share(len(right & fresh), len(fresh)),
        fresh_present=Share(len(right_before & fresh), len(fresh)),
        only_new=len((right - right_before) & fresh),
        only_present=len((right_before - right) & fresh),
        own=_own(present),
        genres=tuple(
            _genre(genre, songs, called, right_before, known=genre in present.labels)
            for genre in sorted(set(songs.values()))
        ),
    )


def _percent(share: Share) -> str:
    return percent(share.accuracy, digits=1)


def call_songs(rows: Rows, model: Model) -> dict[str, str]:
    """Return what a model calls each song of some rows, in the order of the songs."""
    first, means = song_means(rows.track, model.ballots(model.probabilities(rows.X)))
    names: Sequence[str] = rows.track[first].tolist()
    return {name: model.labels[i] for name, i in zip(names, means.argmax(axis=1), strict=True)}


def learned_songs(model: Model, rows: Rows, fingerprint: str) -> set[str] | None:
    """Return which songs of some rows a model has learned from, or None where nobody can tell.

    Those are the songs that lie where one lies that it carries: a replica is the same music.

    Parameters
    ----------
    model : Model
        Carries the songs that it learned from, or at least the fingerprint of its table.
    rows : Rows
        The songs.
    fingerprint : str
        Of the table that they are of.
    """
    if model.songs is not None:
        distances = model.songs.nearest(model.given(rows.X))
        return set(rows.track[distances <= SAME_SONG].tolist())
    same = bool(fingerprint) and model.data.get("fingerprint") == fingerprint
    if same and model.training.get("config", {}).get("refit"):
        return set(rows.track.tolist())
    return None


def count_learned(model: Model, dataset: Dataset) -> int | None:
    """Return how many songs of a table a model has learned from, or None where nobody can tell.

    Parameters
    ----------
    model : Model
        As for `learned_songs`.
    dataset : Dataset
        Its rows are what the model hears.
    """
    rows = Rows.of(dataset)
    if REPRESENTATIONS[model.hears] is WINDOWS:
        rows = replace(rows, X=dataset.values(model.feature_names))
    known = learned_songs(model, rows, dataset.fingerprint)
    return None if known is None else len(known)


def _own(model: Model) -> Share | None:
    """Return how a model did on the songs held out of its own training, if it says so."""
    figures = model.metrics.get("validation")
    if not isinstance(figures, Mapping) or not {"accuracy", "songs"} <= set(figures):
        return None
    return Share(round(figures["accuracy"] * figures["songs"]), figures["songs"])


def _genre(
    genre: str,
    songs: Mapping[str, str],
    called: Mapping[str, str],
    right_before: set[str],
    *,
    known: bool,
) -> GenreCompared:
    of_it = [track for track, name in songs.items() if name == genre]
    calls = Counter(called[track] for track in of_it)
    right = calls.pop(genre, 0)
    # By number, then by name: the same songs give the same order.
    others = dict(sorted(calls.items(), key=lambda pair: (-pair[1], pair[0])))
    before = sum(track in right_before for track in of_it) if known else None
    return GenreCompared(genre, len(of_it), right, before, others)
