"""Text as it may be shown, the same everywhere: foreign text made harmless, times and shares.

Console, window, plots and tables all show titles that strangers wrote.  One function makes them
harmless, so that none of the four has a hole of its own.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

LONGEST_LINE = 300
"""Characters of a title that anybody reads."""
FEW_SONGS = 100
"""Fewer are counted as they are, for a share would promise more than was seen."""

# Names that Windows keeps for itself, whatever their suffix.
DEVICES = {"CON", "PRN", "AUX", "NUL", *(f"{p}{n}" for p in ("COM", "LPT") for n in range(10))}

# Control (Cc), format (Cf: marks that turn the reading direction, and invisible ones), surrogates,
# private and unassigned code points show as nothing or as something else than what stands there.
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
# These two join and part letters in Persian, Hindi and emoji; they turn no direction.
JOINERS = "\u200c\u200d"


def clean(text: str, *, longest: int = LONGEST_LINE) -> str:
    r"""Make text from elsewhere harmless to show on one line.

    Parameters
    ----------
    text : str
        Such as a title, from a file's tags or from YouTube.
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


def file_name(text: str, *, longest: int = 80) -> str:
    """Make a file's name, without suffix, of any text: one that every system takes.

    Parameters
    ----------
    text : str
        Such as a song's title.
    longest : int
        Bytes; what is longer is cut.

    Examples
    --------
    >>> file_name("AC/DC: Who made who?"), file_name(".."), file_name("con")
    ('AC-DC- Who made who', 'song', '_con')
    """
    kept = "".join("-" if c in "/\\:|" else c for c in clean(text) if c not in '*?"<>')
    # A name may have 255 bytes; Windows drops points and spaces at its end.
    name = kept.encode()[:longest].decode(errors="ignore").strip(" .")
    return f"_{name}" if name.split(".")[0].upper() in DEVICES else name or "song"


def accuracy_words(
    accuracy: float | None, interval: tuple[float, float] | None, judged_on: str, songs: int | None
) -> str:
    """Say how often a model is right, as honestly as is known.

    Parameters
    ----------
    accuracy, interval : float, (float, float), or None
        The share of songs it got right, and its 95 % interval.
    judged_on : str
        Which songs these were, to read on after "of 100 songs".
    songs : int or None
        How many these were.

    Examples
    --------
    >>> accuracy_words(0.729, (0.653, 0.788), "by artists it never heard", 164)
    'right for about 73 (65 to 79) of 100 songs by artists it never heard'
    """
    if accuracy is None:
        return "how often it is right was never measured"
    if songs is not None and songs < FEW_SONGS:
        return f"right for {round(accuracy * songs)} of the {songs} songs {judged_on}"
    span = f" ({100 * interval[0]:.0f} to {100 * interval[1]:.0f})" if interval else ""
    return f"right for about {100 * accuracy:.0f}{span} of 100 songs {judged_on}"


def clock(seconds: float, *, digits: int = 0) -> str:
    """Write a time as m:ss, or as h:mm:ss from an hour on.

    Parameters
    ----------
    seconds : float
        At least 0.
    digits : int
        Decimals of the seconds.

    Examples
    --------
    >>> clock(63), clock(3723), clock(0.5, digits=1)
    ('1:03', '1:02:03', '0:00.5')
    """
    whole, rest = divmod(round(seconds * 10**digits), 10**digits)
    minutes, second = divmod(whole, 60)
    tail = f"{second:02d}" + (f".{rest:0{digits}d}" if digits else "")
    if minutes < 60:
        return f"{minutes}:{tail}"
    return f"{minutes // 60}:{minutes % 60:02d}:{tail}"


# From what probability on which words are honest.  They say what the number says, no more.
HEDGES = ((0.8, "This sounds like"), (0.5, "This is probably"), (0.3, "This is perhaps"))
UNSURE = "Hard to tell. The nearest is"
OUTLIER = "Unlike all it learned. The nearest is"


@dataclass(frozen=True)
class NumberStyle:
    """How numbers are written.

    Parameters
    ----------
    decimal : str
        Before the decimals.
    thousands : str
        Between groups of three digits.
    sign : str
        Behind a percentage, with the space that belongs there.
    """

    decimal: str
    thousands: str
    sign: str


# No-break spaces, so that a number is never torn apart at the end of a line.
NUMBER_STYLES = {
    "international": NumberStyle(".", ",", " %"),
    "english": NumberStyle(".", ",", "%"),
    "german": NumberStyle(",", ".", "\N{NO-BREAK SPACE}%"),
    "french": NumberStyle(",", "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}%"),
    "swiss": NumberStyle(".", "’", "%"),
}
"""The styles that a person can choose from; the first is the usual one."""
_style = NUMBER_STYLES["international"]


def write_numbers(style: str) -> None:
    """Write all numbers in one of `NUMBER_STYLES` from now on; in the usual one for other names.

    It is one style for the whole process, as a locale is: texts are made everywhere.

    Examples
    --------
    >>> write_numbers("german")
    >>> percent(0.6143, digits=1).replace("\N{NO-BREAK SPACE}", " "), count(1200, "song")
    ('61,4 %', '1.200 songs')
    >>> write_numbers("international")
    """
    global _style  # noqa: PLW0603
    _style = NUMBER_STYLES.get(style, NUMBER_STYLES["international"])


def percent(share: float, *, digits: int = 0) -> str:
    """Write a share between 0 and 1 as a percentage; it says 0 and 100 only where that is exact.

    Examples
    --------
    >>> percent(0.614), percent(0.001), percent(0.999), percent(1.0), percent(0.0)
    ('61 %', '<1 %', '>99 %', '100 %', '0 %')
    >>> percent(0.6143, digits=1)
    '61.4 %'
    """
    if digits == 0 and 0 < share <= 0.005:  # a half rounds to the even 0
        return f"<1{_style.sign}"
    if digits == 0 and 0.995 <= share < 1:
        return f">99{_style.sign}"
    return styled(f"{100 * share:.{digits}f}") + _style.sign


def styled(number: str) -> str:
    """Put the decimal sign of the style into a number that was written with a point.

    Examples
    --------
    >>> write_numbers("german")
    >>> styled("-0.5")
    '-0,5'
    >>> write_numbers("international")
    """
    return number.replace(".", _style.decimal)


def count(number: int, thing: str) -> str:
    """Write how many there are of something whose plural ends in s.

    Examples
    --------
    >>> count(1, "song"), count(1200, "song")
    ('1 song', '1,200 songs')
    """
    return f"{grouped(number)} {thing}" if number == 1 else f"{grouped(number)} {thing}s"


def grouped(number: int) -> str:
    """Write a whole number with its digits in groups of three.

    Examples
    --------
    >>> grouped(999), grouped(1200)
    ('999', '1,200')
    """
    return f"{number:,}".replace(",", _style.thousands)


def hedge(confidence: float, doubt: str = "") -> str:
    """Return how to begin the sentence that the genre ends.

    Parameters
    ----------
    confidence : float
        The probability of the genre.
    doubt : str
        As `~lib.prediction.Prediction.doubt` has it.

    Examples
    --------
    >>> hedge(0.55), hedge(0.55, "unsure"), hedge(0.2)
    ('This is probably', 'Hard to tell. The nearest is', 'Hard to tell. The nearest is')
    """
    if doubt:
        return OUTLIER if doubt == "outlier" else UNSURE
    return next((words for least, words in HEDGES if confidence >= least), UNSURE)
