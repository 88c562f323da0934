"""Songs in aligned columns, printed one by one as they are heard."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterable, Sequence

from lib.prediction import Outcome, Prediction
from lib.wording import clock, percent
from lib.youtube import Listing, Refusal

NARROWEST_TITLE = 16
WIDEST_TITLE = 60
WIDEST_GENRE = 24
LENGTH = len("1:00:00")
CONFIDENCE = len("outlier >99 %")
GAP = "  "


class Table:
    """The lines of a playlist that is being heard.

    Parameters
    ----------
    listing : Listing
        Whose titles decide how wide their column is.
    genres : sequence of str
        All that the model can name, for the same reason.
    width : int or None
        Columns of the terminal; None for those it has, or 80 where there is no terminal.
    """

    def __init__(
        self, listing: Listing, genres: Sequence[str], *, width: int | None = None
    ) -> None:
        self._genre = min(_widest(("genre", *genres)), WIDEST_GENRE)
        room = width or shutil.get_terminal_size().columns
        room -= LENGTH + self._genre + CONFIDENCE + 3 * len(GAP)
        titles = _widest(entry.title or entry.link for entry in listing.entries)
        self._title = max(min(titles, room, WIDEST_TITLE), NARROWEST_TITLE)

    @property
    def head(self) -> str:
        """The names of the columns."""
        return self._line("title", "length", "genre", "confidence")

    def row(self, outcome: Outcome) -> str:
        """Return the line of a song: its genre, or in a word why it has none."""
        video, result = outcome.video, outcome.result
        title = video.title if video is not None and video.title else outcome.source
        if isinstance(result, Prediction):
            confidence = f"{result.doubt} {percent(result.confidence)}".strip()
            return self._line(title, clock(result.seconds), result.genre, confidence)
        length = clock(video.seconds) if video is not None and video.seconds else ""
        why = str(result.kind) if isinstance(result, Refusal) else "not heard"
        # The word may reach into the column of the confidence, which is empty here.
        return GAP.join((fit(title, self._title), f"{length:>{LENGTH}}", f"– {why}"))

    def _line(self, title: str, length: str, genre: str, confidence: str) -> str:
        title = fit(title, self._title)
        genre = fit(genre, self._genre)
        return GAP.join((title, f"{length:>{LENGTH}}", genre, f"{confidence:>{CONFIDENCE}}"))


def fit(text: str, width: int) -> str:
    """Cut or fill a text so that it takes `width` columns of a terminal.

    Examples
    --------
    >>> fit("Purple Rain", 6), fit("夜に駆ける", 6), fit("ab", 4)
    ('Purpl…', '夜に… ', 'ab  ')
    """
    if columns(text) > width:
        kept, taken = "", 0
        for character in text:
            taken += columns(character)
            if taken > width - 1:
                break
            kept += character
        text = f"{kept}…"
    return text + " " * (width - columns(text))


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes.

    Chinese, Japanese and Korean characters and most emoji take two, accents that stand over
    another character and joiners none (Unicode Standard Annex 11, "East Asian width").
    """
    return sum(
        0
        if unicodedata.category(character) in ("Mn", "Me", "Cf")
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )


def _widest(texts: Iterable[str]) -> int:
    return max(map(columns, texts), default=0)
