"""From an exception to words that a person understands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lib.errors import AudioError, EarmarkError, ModelError
from lib.gui.log import write_log
from lib.gui.wording import one_line


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
    """

    headline: str
    advice: str
    log: Path | None = None


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
            name = one_line(error.path.name) or one_line(str(error.path)) or "This file"
            return Failure(f"“{name}” can't be heard", error.reason)
        case ModelError():
            return Failure("The model can't be used", str(error))
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


def _unexpected(error: BaseException, advice: str) -> Failure:
    """Log an error and point to the log."""
    log = write_log(error)
    where = (
        f"What happened exactly is written in {log}."
        if log
        else f"It could not be written to the log either: {type(error).__name__}: {error}"
    )
    return Failure("Something went wrong", f"{advice} {where}", log)
