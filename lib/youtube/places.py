"""Where songs and the log are kept."""

from __future__ import annotations

from pathlib import Path

from lib import places


def cache_folder() -> Path:
    """Return the folder of fetched songs; it may not be there yet."""
    return places.cache_folder() / "youtube"


def log_path() -> Path:
    """Return the log file of what YouTube refused; it may not be there yet."""
    return places.log_folder() / "youtube.log"
