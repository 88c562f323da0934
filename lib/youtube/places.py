"""Where songs and the log are kept, on each platform."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_cache_path, user_log_path

# Set to a folder to keep everything there instead, as the window's settings are.
HOME_VARIABLE = "EARMARK_HOME"


def cache_folder() -> Path:
    """Return the folder of fetched songs; it may not be there yet."""
    home = os.environ.get(HOME_VARIABLE)
    folder = Path(home, "cache") if home else user_cache_path("earmark", appauthor=False)
    return folder / "youtube"


def log_path() -> Path:
    """Return the log file of what YouTube refused; it may not be there yet."""
    home = os.environ.get(HOME_VARIABLE)
    folder = Path(home, "log") if home else user_log_path("earmark", appauthor=False)
    return folder / "youtube.log"
