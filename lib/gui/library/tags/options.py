"""How a person wants genre tags written, as the window remembers it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from lib.genres import written

if TYPE_CHECKING:  # mutagen comes with it: imported in a thread, after the window stands
    from lib.tagging import Rules

LEAST = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
"""How sure an answer has to be."""
ANY_NUMBER = 0
MOST = (1, 2, 3, 4, 5, ANY_NUMBER)
"""How many genres of a song are written at most."""
SHARES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4)
"""From what probability on a genre is written beside the first."""


@dataclass(frozen=True)
class TagOptions:
    """What `lib.tagging.Rules` are made of.

    Parameters
    ----------
    only_empty : bool
        Only where a file names no genre yet.
    doubtful : bool
        Unsure answers and outliers, too.
    least : float
        One of `LEAST`.
    most : int
        One of `MOST`.
    share : float
        One of `SHARES`; of no account where only one genre is written.
    names : tuple of (str, str)
        A genre of a model, and what the person calls it; ``""`` for one that is never written.
    """

    only_empty: bool = False
    doubtful: bool = False
    least: float = 0.0
    most: int = 1
    share: float = 0.2
    names: tuple[tuple[str, str], ...] = ()

    def called(self, genre: str) -> str:
        """Return what the person calls a genre of the model.

        Examples
        --------
        >>> options = TagOptions().call("hiphop", " Rap ").call("pop", "")
        >>> [options.called(genre) for genre in ("hiphop", "pop", "rock")]
        ['Rap', '', 'Rock']
        >>> options.call("hiphop", "Hip-Hop").names
        (('pop', ''),)
        """
        return dict(self.names).get(genre, written(genre))

    def call(self, genre: str, name: str) -> TagOptions:
        """Return the options with another name for a genre; its usual one is none to remember."""
        names = dict(self.names) | {genre: name.strip()}
        own = tuple(pair for pair in names.items() if pair[1] != written(pair[0]))
        return replace(self, names=own)

    def rules(self, genres: Collection[str]) -> Rules:
        """Return the rules for the answers of a model that knows these genres."""
        from lib.tagging import Rules

        return Rules(
            only_empty=self.only_empty,
            least_confidence=self.least,
            doubtful=self.doubtful,
            most=self.most or None,
            share=self.share if self.most != 1 else 0.0,
            # Names of what another model knows are kept for that.
            names={genre: name for genre, name in self.names if genre in genres},
        )


def read_options(value: object) -> TagOptions:
    """Return the options in the window's settings; what makes no sense is left out.

    Examples
    --------
    >>> read_options({"most": 3, "least": "very", "names": [["hiphop", "Hip-Hop"], 7]})
    TagOptions(only_empty=False, doubtful=False, least=0.0, most=3, share=0.2,
               names=(('hiphop', 'Hip-Hop'),))
    """
    known: dict[str, Any] = dict(value) if isinstance(value, Mapping) else {}
    options = TagOptions()
    for name, choices in (
        ("only_empty", (False, True)), ("doubtful", (False, True)),
        ("least", LEAST), ("most", MOST), ("share", SHARES),
    ):  # fmt: skip
        found = known.get(name)
        if type(found) is type(choices[0]) and found in choices:
            options = replace(options, **{name: found})  # type: ignore[arg-type]
    names = known.get("names")
    pairs = [
        (pair[0], pair[1])
        for pair in (names if isinstance(names, list) else [])
        if isinstance(pair, list) and [type(text) for text in pair] == [str, str]
    ]
    return replace(options, names=tuple(pairs))
