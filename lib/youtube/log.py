"""The log of failures: their full text, for who wants to know more than a sentence."""

from __future__ import annotations

import os
from pathlib import Path

LOG_BYTES = 1_000_000  # one older file is kept beside it


class Log:
    """A file that grows until an older one is dropped.

    Parameters
    ----------
    path : Path
        The file; its folder is made where it is missing.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, text: str) -> Path | None:
        """Add a text and return the file, or None where it can't be written.

        A failure to log must not hide the failure itself.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if self.path.is_file() and self.path.stat().st_size > LOG_BYTES:
                self.path.replace(self.path.with_suffix(".old.log"))
            # In one piece at the end of the file, so that two processes don't mix their lines.
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
            with os.fdopen(os.open(self.path, flags, 0o600), "ab", buffering=0) as file:
                file.write(text.rstrip("\n").encode("utf-8", "backslashreplace") + b"\n\n")
        except OSError:
            return None
        return self.path
