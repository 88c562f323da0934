"""Text as it may be shown: foreign titles made harmless, lengths and sizes in words."""

from __future__ import annotations

import unicodedata

TITLE_LENGTH = 200

# Control (Cc), format (Cf: marks that turn the reading direction, and invisible ones), surrogates,
# private and unassigned code points show as nothing or as something else than what stands there.
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
# These two join and part letters in Persian, Hindi and emoji; they turn no direction.
JOINERS = "\u200c\u200d"


def clean(text: str, *, longest: int = TITLE_LENGTH) -> str:
    r"""Make text from elsewhere harmless to show on one line.

    Parameters
    ----------
    text : str
        Such as a title, as YouTube has it.
    longest : int
        The number of characters kept; what is longer ends in "…".

    Returns
    -------
    str
        Without control characters and bidirectional marks, with single spaces, at most `longest`
        characters.  Markup stays as it is: nothing that shows it reads markup.

    Examples
    --------
    >>> clean("A\u202e song\r\nof \x07mine")
    'A song of mine'
    >>> clean("x" * 10_000, longest=5)
    'xxxx…'
    """
    # Four times the length is enough to fill it and spares normalising a megabyte.
    start = unicodedata.normalize("NFC", text[: 4 * longest])
    spaced = "".join(" " if character.isspace() else character for character in start)
    seen = "".join(
        character
        for character in spaced
        if character in JOINERS or unicodedata.category(character) not in INVISIBLE
    )
    line = " ".join(seen.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def clock(seconds: float) -> str:
    """Write a length as a clock shows it.

    Examples
    --------
    >>> clock(185.2), clock(7380)
    ('3:05', '2:03:00')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def megabytes(count: float) -> str:
    """Write a number of bytes in MB of a million bytes, without the unit.

    Examples
    --------
    >>> megabytes(3_440_000), megabytes(150_000_000)
    ('3.4', '150')
    """
    size = count / 1e6
    return f"{size:.1f}" if size < 100 else f"{size:.0f}"


def time_left(seconds: float) -> str:
    """Write how long something will still take.

    Examples
    --------
    >>> time_left(5.4), time_left(125)
    ('5 s left', '2 min 5 s left')
    """
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s left" if minutes else f"{rest} s left"
