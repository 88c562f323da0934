"""The log of what nobody expected: the full text that a message only points to."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from lib.places import log_folder

LOG_BYTES = 500_000  # one older file is kept beside it, so a log never takes more than 1 MB


def write_log(error: BaseException) -> Path | None:
    """Add an error with its traceback to the log.

    Parameters
    ----------
    error : BaseException
        What nobody expected.

    Returns
    -------
    Path or None
        The log, or None where it can't be written (a full disk, a folder of somebody else's): a
        failure to log must not hide the failure itself.
    """
    path = log_folder() / "earmark.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    record = logging.LogRecord(
        "earmark", logging.ERROR, __file__, 0, "Unexpected error", None,
        (type(error), error, error.__traceback__),
    )  # fmt: skip
    handler.handle(record)
    handler.close()
    return path
