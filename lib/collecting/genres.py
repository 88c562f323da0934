"""Names of genres: what a person may type, and what only looks like another one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from lib.errors import DatasetError
from lib.wording import clean

LONGEST_NAME = 60  # characters


def check_genre(name: str, known: Iterable[str] = ()) -> str:
    r"""Return a genre's name as it goes into the tables.

    Parameters
    ----------
    name : str
        As typed.
    known : iterable of str
        The genres of the set.

    Returns
    -------
    str
        Without spaces around it, and with single ones inside.

    Raises
    ------
    DatasetError
        Where it is empty, too long, holds a control character or one that parts the folders of a
        path, begins with a dot, or differs from a known genre by case, spaces or punctuation alone.

    Examples
    --------
    >>> check_genre("  Drum  and Bass ")
    'Drum and Bass'
    >>> check_genre("Hip Hop", ["hiphop"])
    Traceback (most recent call last):
    lib.errors.DatasetError: The genre 'Hip Hop' is nearly 'hiphop', which the set has: ...
    """
    spaced = "".join(" " if unicodedata.category(c) == "Zs" else c for c in name)
    plain = unicodedata.normalize("NFC", " ".join(filter(None, spaced.split(" "))))
    if not plain:
        raise DatasetError("The genre has no name; give it one.")
    told = clean(plain, longest=LONGEST_NAME)
    if not plain.isprintable() or any(sign in plain for sign in "/\\"):
        raise DatasetError(
            f"The genre {told!r} holds a character that a name can't have: no slash, backslash, "
            f"line break or other control character, please."
        )
    if plain.startswith("."):
        raise DatasetError(f"The genre {told!r} begins with a dot; leave it out.")
    if len(plain) > LONGEST_NAME:
        raise DatasetError(
            f"The genre {told!r} has {len(plain)} characters; {LONGEST_NAME} must do."
        )
    if not _letters(plain):
        raise DatasetError(f"The genre {told!r} has neither a letter nor a digit.")
    other = similar_genre(plain, known)
    if other is not None:
        raise DatasetError(
            f"The genre {told!r} is nearly {other!r}, which the set has: write it like that, or "
            f"choose a name that differs by more than case, spaces and punctuation."
        )
    return plain


def similar_genre(name: str, known: Iterable[str]) -> str | None:
    """Return the known genre that a name only looks like, or None.

    Examples
    --------
    >>> similar_genre("Hip-Hop", ["blues", "hiphop"]), similar_genre("blues", ["blues"])
    ('hiphop', None)
    """
    genres = set(known)
    if name in genres:
        return None
    letters = _letters(name)
    return next((genre for genre in sorted(genres) if _letters(genre) == letters), None)


def _letters(name: str) -> str:
    """Return the letters and digits of a name, whatever their case and accents.

    The ampersand of R&B counts, and so do marks that make other letters of them outside of the
    Latin alphabet, as in Japanese and Hindi.
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(c for c in plain if c.isalnum() or c in "&#+" or _makes_a_letter(c))


def _makes_a_letter(sign: str) -> bool:
    return unicodedata.category(sign).startswith("M") and not "\u0300" <= sign <= "\u036f"
