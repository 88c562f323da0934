"""The edge of a stage script: exit codes and error messages."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from io import TextIOWrapper

from lib.errors import CallError, Cancelled, EarmarkError
from lib.interrupts import INTERRUPTED, at_work
from lib.wording import clean

# What argparse ends with.
WRONG_CALL = 2
# 128 + SIGPIPE: what a shell reports of a program that this signal ended.
PIPE_CLOSED = 141


def run_stage(work: Callable[[], int], *, keeps: bool = True) -> int:
    """Do a stage's work and turn its failures into sentences and exit codes.

    Parameters
    ----------
    work : callable
        Does the work and returns the exit status.
    keeps : bool
        Whether, after Ctrl+C, what was finished until then is there.

    Returns
    -------
    int
        What `work` returned; 2 after a `CallError` and 1 after any other `EarmarkError`, whose
        message goes to standard error, and after an error that nobody foresaw, whose full text goes
        to a log that the message names; 130 after Ctrl+C; 141 where the reader of a pipe went away.

    Examples
    --------
    >>> run_stage(lambda: 0)
    0
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A file's name may hold bytes that are no text; JSON reads their escape back.
            stream.reconfigure(errors="backslashreplace")
    try:
        at_work()
        status = work()
        sys.stdout.flush()
    except (KeyboardInterrupt, Cancelled):
        _complain("stopped; what was finished is kept." if keeps else "stopped.")
        return INTERRUPTED
    except BrokenPipeError:
        # Python flushes standard output once more when it ends; give it somewhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except EarmarkError as error:
        _complain(str(error))
        return WRONG_CALL if isinstance(error, CallError) else 1
    except Exception as error:  # noqa: BLE001 (the edge: whatever it is, a person gets a sentence)
        _complain(_unexpected(error))
        return 1
    return status


def _unexpected(error: Exception) -> str:
    """Log an error that nobody foresaw and point to the log."""
    # Late: of those who run a stage, hardly anybody ever needs it.
    from lib.log import write_log

    told = clean(f"{type(error).__name__}: {error}")
    log = write_log(error)
    if log is None:
        return f"did not expect this: {told}. The log can't be written either."
    return f"did not expect this: {told}. What happened exactly is written in {log}."


def _complain(message: str) -> None:
    """Print a sentence to standard error, after whatever the stage has printed."""
    sys.stdout.flush()
    print(f"Earmark: {message}", file=sys.stderr)
