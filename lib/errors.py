"""The errors of Earmark, all of one root.

A message names the offending value, says what is wrong with it, and what to do next.  Library code
raises; only the edge (a stage script, the window) shows the message, without a traceback.
"""

from __future__ import annotations

from pathlib import Path


class EarmarkError(Exception):
    """Root of all errors that Earmark raises on purpose."""


class AudioError(EarmarkError):
    """A sound that can't be used.

    Parameters
    ----------
    path : Path
        The file the sound was to come from.
    reason : str
        What is wrong with it and what to do next, as a sentence without the file's name.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


class DatasetError(EarmarkError):
    """A folder of songs or a table that can't be used."""


class WorkerError(EarmarkError):
    """Processes or machines that can't do the work they were to share."""


class DownloadError(EarmarkError):
    """An archive that can't be fetched or is not what it should be."""


class ModelError(EarmarkError):
    """A model folder that can't be read, or that doesn't fit what it is asked."""


class TrainingError(EarmarkError):
    """A training that can't start or came to nothing."""


class YouTubeError(EarmarkError):
    """A link, search or download that YouTube, the network or this machine refuses."""


class PlaybackError(EarmarkError):
    """A sound that can't be played on this machine."""


class CallError(EarmarkError):
    """A command line that can't be followed, found out before any work was done."""


class Cancelled(EarmarkError):  # noqa: N818 (a person's wish, not a fault)
    """The person asked for the work to stop."""
