"""From an exception to words that a person understands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lib.errors import AudioError, EarmarkError, ModelError, YouTubeError
from lib.log import write_log
from lib.wording import clean

if TYPE_CHECKING:  # the window stands before anything of YouTube's is imported
    from lib.youtube import Refusal


# What messages advise for the console, and what a person does in the window instead.
IN_THE_WINDOW = (
    ("(--cookies-from-browser firefox)", "(choose it under “Cookies of” on the page Data)"),
    (" (--longest MINUTES)", ""),
    (" (--largest MB)", ""),
    (
        "Choose one of the files in it.",
        "Choose one of the files in it, or hear the whole folder on the page Library (Alt+I).",
    ),
)


@dataclass(frozen=True)
class Failure:
    """What went wrong, as the window shows it.

    Parameters
    ----------
    headline : str
        What could not be done, in one line.
    advice : str
        Why, and what to do next.
    log : Path or None
        Where the full text lies, for a failure that nobody expected.
    beyond_limits : bool
        Whether only the limits on length and size stand against it, so that the person may say
        that they don't count.
    """

    headline: str
    advice: str
    log: Path | None = None
    beyond_limits: bool = False


def explain(error: BaseException) -> Failure:
    """Say in words what an error means; log it if nobody expected it.

    Parameters
    ----------
    error : BaseException
        An `~lib.errors.EarmarkError` carries its own words.  Anything else is a fault of the
        program or of the machine, and its traceback goes to the log.

    Returns
    -------
    Failure
    """
    match error:
        case AudioError():
            name = clean(error.path.name) or clean(str(error.path)) or "This file"
            return Failure(f"“{name}” can't be heard", in_the_window(error.reason))
        case ModelError():
            return Failure("The model can't be used", str(error))
        case YouTubeError():
            return _of_youtube(error)
        case EarmarkError():
            return Failure("That did not work", str(error))
        case MemoryError():
            return _unexpected(
                error, "There is not enough memory. Close other programs, then try again."
            )
        case _:
            return _unexpected(
                error, "Earmark did not expect this. Try again, or try another song."
            )


def _of_youtube(error: YouTubeError) -> Failure:
    """Say what YouTube, the network or this machine refuses."""
    # Whoever raised it has imported this already.
    from lib.youtube import Refusal

    if not isinstance(error, Refusal):
        return Failure("This video can't be heard", str(error))
    advice = f"{_sentence(error.reason)} {in_the_window(error.kind.advice)}"
    beyond = _is_beyond_limits(error)
    if beyond:
        advice += " Or hear this one all the same."
    advice += f"\n\n{clean(error.subject)}"
    if error.log is not None:
        advice += f"\nThe full text is in {error.log}."
    return Failure(_headline(error), advice, error.log, beyond_limits=beyond)


def _headline(refusal: Refusal) -> str:
    """Return what could not be done, in one line."""
    from lib.youtube import Kind

    match refusal.kind:
        case Kind.LINK:
            return "This can't be opened"
        case Kind.NO_RESULTS:
            return "Nothing was found"
        case Kind.NO_PLAYLIST:
            return "This playlist can't be heard"
        case kind if kind.stops_a_run:
            return "YouTube can't be asked now"
        case _:
            return "This video can't be heard"


def _is_beyond_limits(refusal: Refusal) -> bool:
    from lib.youtube import Kind

    return refusal.kind in {Kind.TOO_LONG, Kind.TOO_LARGE}


def in_the_window(advice: str) -> str:
    """Return advice for the console as it holds in the window.

    Examples
    --------
    >>> in_the_window("Raise the limit on the length (--longest MINUTES), or choose a shorter one.")
    'Raise the limit on the length, or choose a shorter one.'
    """
    for console, window in IN_THE_WINDOW:
        advice = advice.replace(console, window)
    return advice


def _sentence(text: str) -> str:
    """Return a sentence that stood behind a colon as one that stands alone."""
    return text[:1].upper() + text[1:]


def _unexpected(error: BaseException, advice: str) -> Failure:
    """Log an error and point to the log."""
    log = write_log(error)
    where = (
        f"What happened exactly is written in {log}."
        if log
        else f"It could not be written to the log either: {type(error).__name__}: {error}"
    )
    return Failure("Something went wrong", f"{advice} {where}", log)
