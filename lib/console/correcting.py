"""Telling from the console what songs are that were named wrongly."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from lib.places import data_folder
from lib.prediction import Event, Outcome, Prediction
from lib.wording import clean

if TYPE_CHECKING:  # hardly anybody corrects, and nobody else is to wait for these
    from lib.model import Model
    from lib.prediction import Given


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
    return Corrector(check_genre(genre, {*model.labels, *own}), folder, model.labels)


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

        if heard.genre == self._genre:
            told = f"{clean(heard.title)} was heard as {clean(heard.genre)}: nothing to correct."
        else:
            song = Misheard.of(heard, given.features, given.activations)
            right = correct_song(self._folder, song, self._genre, known=self._known)
            told = f"{clean(heard.title)} is kept as {right} in {self._folder}."
        print(f"Earmark: {told}", file=sys.stderr, flush=True)
