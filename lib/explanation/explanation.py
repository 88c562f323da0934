"""Why a model says what it says of a song."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.explanation.groups import columns_of_groups
from lib.explanation.neighbours import Neighbour, neighbours
from lib.explanation.pulls import Pulls, pulls
from lib.explanation.traits import Trait, traits
from lib.model import Model

_DIGITS = 6


@dataclass(frozen=True)
class Explanation:
    """Why a model says what it says of a song.

    Parameters
    ----------
    pulls : mapping of str to Pulls
        By genre: how much each group of features pulled towards it.
    traits : tuple of Trait
        How the song sounds, beside those that were learned from.
    neighbours : tuple of Neighbour
        The songs learned from that are nearest to it.
    unsaid : str
        What can't be said, and why, as a sentence; empty where all is.
    """

    pulls: Mapping[str, Pulls] = field(default_factory=dict)
    traits: tuple[Trait, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    unsaid: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """What the song is, in plain words; none where it is like most."""
        return tuple(trait.word for trait in self.traits if trait.word)

    def to_dict(self) -> dict[str, Any]:
        """Return the explanation as plain values, for JSON."""
        told: dict[str, Any] = {
            "pulls": {
                genre: {"base": round(found.base, _DIGITS)}
                | {pull.group: round(pull.change, _DIGITS) for pull in found.pulls}
                for genre, found in self.pulls.items()
            },
            "words": list(self.words),
            "ranks": {trait.scale: round(trait.rank, 3) for trait in self.traits},
            "nearest": [
                {
                    "track": each.song.track,
                    "title": each.song.title,
                    "artist": each.song.artist,
                    "genre": each.song.genre,
                    "distance": round(each.distance, 3),
                    "nearer_than": round(each.nearer_than, 3),
                    "how": each.how,
                }
                for each in self.neighbours
            ],
        }
        return told | ({"unsaid": self.unsaid} if self.unsaid else {})


def explain(model: Model, X: NDArray[np.float64]) -> Explanation:
    """Say why a model says what it says of a song.

    Parameters
    ----------
    model : Model
        Of any kind of network; what it learned from must travel with it.
    X : np.ndarray [shape=(windows, features)]
        Features of the song's windows, as they were computed.

    Returns
    -------
    Explanation
        With what can't be said of this model in `Explanation.unsaid`.

    Raises
    ------
    ModelError
        As `~lib.model.Model.probabilities`.
    """
    songs = model.songs
    if songs is None:
        return Explanation(
            unsaid=(
                f"Model {model.name} does not carry the songs it learned from, so it can't say "
                f"why. Train it anew with 02_train.py."
            )
        )
    Z = model.given(X)
    near, heard = neighbours(model, songs, Z), traits(model, songs, Z)
    groups = list(columns_of_groups(model))
    if len(groups) < 2:
        unsaid = f"Model {model.name} hears {groups[0]} alone, so there is nothing to weigh it by."
        return Explanation({}, heard, near, unsaid)
    return Explanation(pulls(model, songs, Z), heard, near)
