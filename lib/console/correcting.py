"""Telling from the console what songs are that were named wrongly."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from lib.places import data_folder
from lib.prediction import Event, Outcome, Prediction
from lib.wording import clean

if TYPE_CHECKING:  # hardly anybody corrects, and nobody else is to wait for these
    from lib.collecting import Misheard
    from lib.model import Model
    from lib.prediction import Given

_CLOSE = 0.8
"""How alike two names are of which one is mistyped: metall and metal, not bluegrass and blues."""


def open_corrector(genre: str | None, model: Model) -> Corrector | None:
    """Return what keeps the songs that a command line corrects; None where it corrects none.

    Raises
    ------
    DatasetError
        Where the genre can't be used, before any song is heard.
    """
    if genre is None:
        return None
    from lib.collecting import check_genre, corrections, read_genres

    folder = data_folder() / corrections.NAME
    own = {each.genre for each in read_genres(folder)}
    right = check_genre(genre, {*model.labels, *own})
    if right not in model.labels:
        _tell(_unknown(right, model.labels))
    return Corrector(right, folder, model.labels)


def _unknown(genre: str, known: Sequence[str]) -> str:
    """Say that a genre is none of the model's, and which may be meant: it is kept all the same.

    Examples
    --------
    >>> _unknown("metall", ("jazz", "metal"))
    'metall is a genre that the model does not know; did you mean metal?'
    >>> _unknown("bluegrass", ("blues", "metal"))
    'bluegrass is a genre that the model does not know.'
    """
    close = get_close_matches(genre, known, n=1, cutoff=_CLOSE)
    hint = f"; did you mean {clean(close[0])}?" if close else "."
    return f"{clean(genre)} is a genre that the model does not know{hint}"


def _tell(told: str) -> None:
    print(f"Earmark: {told}", file=sys.stderr, flush=True)


class Corrector:
    """Keeps songs with the genre that a person gives them, for the next training.

    Parameters
    ----------
    genre : str
        What they are.
    folder : Path
        Of the data set that keeps them.
    known : tuple of str
        The genres of the model.
    """

    def __init__(self, genre: str, folder: Path, known: tuple[str, ...]) -> None:
        self._genre, self._folder, self._known = genre, folder, known
        self._given: Given | None = None

    def take(self, given: Given) -> None:
        """Take what was heard of the song whose outcome comes next."""
        self._given = given

    def of(self, events: Iterable[Event]) -> Iterator[Event]:
        """Pass on what a listener tells, and keep what was heard.

        Raises
        ------
        DatasetError
            As `~lib.collecting.correct_song`.
        """
        for event in events:
            yield event
            given, self._given = self._given, None
            if isinstance(event, Outcome) and isinstance(event.result, Prediction) and given:
                self._keep(event.result, given)

    def _keep(self, heard: Prediction, given: Given) -> None:
        from lib.collecting import Misheard, correct_song

        song = Misheard.of(heard, given.features, given.activations)
        if heard.genre == self._genre:
            told = self._as_heard(song)
        else:
            right = correct_song(self._folder, song, self._genre, known=self._known)
            told = f"{clean(heard.title)} is kept as {right} in {self._folder}."
        _tell(told)

    def _as_heard(self, song: Misheard) -> str:
        """Take back what was kept of a song that was named rightly; say what came of it."""
        from lib.collecting import correction_of, take_back

        title, genre = clean(song.title), clean(song.genre)
        if not (before := correction_of(self._folder, song.track)):
            return f"{title} was heard as {genre}: nothing to correct."
        take_back(self._folder, song.track)
        return f"{title} is no longer kept as {clean(before)}: {genre} is what was heard."
