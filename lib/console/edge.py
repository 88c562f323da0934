"""The edge of a stage script: exit codes, error messages and the progress bar."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper

from lib.errors import Cancelled, EarmarkError
from lib.progress import Progress, silent

# 128 + SIGINT and 128 + SIGPIPE: what a shell reports of a program that those signals ended.
INTERRUPTED = 130
PIPE_CLOSED = 141


def run_stage(work: Callable[[], int]) -> int:
    """Do a stage's work and turn its failures into sentences and exit codes.

    Parameters
    ----------
    work : callable
        Does the work and returns the exit status.

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
        _complain("stopped; what was finished is kept.")
        return INTERRUPTED
    except BrokenPipeError:
        # Python flushes standard output once more when it ends; give it somewhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except EarmarkError as error:
        _complain(str(error))
        return 1
    return status


@contextmanager
def progress_bar(*, quiet: bool = False) -> Iterator[Progress]:
    """Give a `Progress` that draws a bar on a terminal, and nothing in a pipe.

    Parameters
    ----------
    quiet : bool
        Draw nothing on a terminal either.

    Yields
    ------
    Progress
        To be handed to the work.
    """
    if quiet or not sys.stderr.isatty():
        yield silent
        return
    from tqdm import tqdm

    with tqdm(
        total=1.0,
        leave=False,
        dynamic_ncols=True,
        bar_format="{desc} {percentage:3.0f}% {bar} {elapsed} (left: {remaining})",
    ) as bar:

        def draw(step: str, fraction: float | None, /) -> None:
            if step.partition(" ")[0] != bar.desc.partition(" ")[0]:
                # Each step has a time of its own, so that what is left is not guessed from another.
                bar.reset()
                bar.set_description_str(step)
            elif step != bar.desc:
                bar.set_description_str(step, refresh=False)
            if fraction is None:
                bar.refresh()
            else:
                bar.update(max(fraction - bar.n, 0.0))

        yield draw


def _complain(message: str) -> None:
    """Print a sentence to standard error, after whatever the stage has printed."""
    sys.stdout.flush()
    print(f"Earmark: {message}", file=sys.stderr)
