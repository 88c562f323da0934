"""Where the window keeps its settings and its log, on each platform."""

from __future__ import annotations

import logging
import os
from logging.handlers import RotatingFileHandler
from pathlib import Path

from platformdirs import user_config_path, user_log_path

# Set to a folder to keep everything there instead: tests do, and so can a portable installation.
HOME_VARIABLE = "EARMARK_HOME"

LOG_BYTES = 500_000  # one older file is kept beside it, so a log never takes more than 1 MB


def config_folder() -> Path:
    """Return the folder of the settings; it may not be there yet."""
    home = os.environ.get(HOME_VARIABLE)
    return Path(home, "config") if home else user_config_path("earmark", appauthor=False)


def log_path() -> Path:
    """Return the log file; it may not be there yet."""
    home = os.environ.get(HOME_VARIABLE)
    folder = Path(home, "log") if home else user_log_path("earmark", appauthor=False)
    return folder / "earmark.log"


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
    path = log_path()
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
