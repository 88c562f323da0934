"""What came of asking two models for the genre of the same songs: figures, and sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lib.judgement.metrics import wilson_interval
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


_PLAIN = ("model", "by", "learned", "only_new", "only_present")
_SHARES = ("new", "present", "shared_new", "shared_present", "fresh_new", "fresh_present")


def _percent(share: Share) -> str:
    return percent(share.accuracy, digits=1)
