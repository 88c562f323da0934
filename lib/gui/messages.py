"""What a working thread tells the window: a step, a result or a part of one, a failure.

A failure travels the same way as a result, so that the window handles both in one place and no
thread ever touches Tk.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """The work has come to a step.

    Parameters
    ----------
    job : int
        The number of the job; a window ignores those of jobs it no longer waits for.
    name : str
        For a person to read: ``"Listening"``.
    fraction : float or None
        How much of the work is done, between 0 and 1, or None where nobody can know.
    """

    job: int
    name: str
    fraction: float | None


@dataclass(frozen=True)
class Part:
    """The work has something to show and goes on.

    Parameters
    ----------
    job : int
        The number of the job.
    result : object
        What the work yielded.
    """

    job: int
    result: object


@dataclass(frozen=True)
class Done:
    """The work ended well.

    Parameters
    ----------
    job : int
        The number of the job.
    result : object
        What the work returned.
    """

    job: int
    result: object


@dataclass(frozen=True)
class Failed:
    """The work could not be done.

    Parameters
    ----------
    job : int
        The number of the job.
    error : Exception
        What was raised, with its traceback for the log.
    """

    job: int
    error: Exception


@dataclass(frozen=True)
class Stopped:
    """The work was cancelled and has ended.

    Parameters
    ----------
    job : int
        The number of the job.
    """

    job: int


Message = Step | Part | Done | Failed | Stopped
