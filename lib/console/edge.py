"""The edge of a stage script: exit codes and error messages."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from io import TextIOWrapper

from lib.errors import Cancelled, EarmarkError

# 128 + SIGINT and 128 + SIGPIPE: what a shell reports of a program that those signals ended.
INTERRUPTED = 130
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
        What `work` returned; 1 after an `EarmarkError`, whose message goes to standard error; 130
        after Ctrl+C; 141 where the reader of a pipe went away.  Errors that nobody foresaw keep
        their traceback: they are faults of Earmark's, not of its input.

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
        return 1
    return status


def _complain(message: str) -> None:
    """Print a sentence to standard error, after whatever the stage has printed."""
    sys.stdout.flush()
    print(f"Earmark: {message}", file=sys.stderr)
