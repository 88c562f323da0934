"""Where Earmark keeps what is its own, on each platform."""

from __future__ import annotations

import os
from pathlib import Path

# Set to a folder to keep everything there instead: tests do, and so can a portable installation.
HOME_VARIABLE = "EARMARK_HOME"
NAME = "earmark"


def config_folder() -> Path:
    """Return the folder of the settings; it may not be there yet."""
    # Late, here and below: who hears a file needs no folder, and need not wait for platformdirs.
    from platformdirs import user_config_path

    return _own("config") or user_config_path(NAME, appauthor=False)


def cache_folder() -> Path:
    """Return the folder of what can be had again: fetched songs; it may not be there yet."""
    from platformdirs import user_cache_path

    return _own("cache") or user_cache_path(NAME, appauthor=False)


def log_folder() -> Path:
    """Return the folder of the logs; it may not be there yet."""
    from platformdirs import user_log_path

    return _own("log") or user_log_path(NAME, appauthor=False)


def journal_folder() -> Path:
    """Return the folder of what undoes changes of a person's files; it may not be there yet."""
    from platformdirs import user_data_path

    return _own("journal") or user_data_path(NAME, appauthor=False)


def kept_folder() -> Path:
    """Return the folder of what was worked out and is to be kept; it may not be there yet."""
    from platformdirs import user_data_path

    return _own("kept") or user_data_path(NAME, appauthor=False)


def data_folder() -> Path:
    """Return the folder that data sets lie in, which belongs to the checkout; it may be empty."""
    return Path(__file__).resolve().parents[1] / "data"


def _own(folder: str) -> Path | None:
    """Return a folder of the home that a person has set, or None where none is set."""
    home = os.environ.get(HOME_VARIABLE)
    return Path(home, folder) if home else None
