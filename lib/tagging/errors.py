"""What keeps tags from being written or restored."""

from __future__ import annotations

from lib.errors import EarmarkError


class TaggingError(EarmarkError):
    """A wish about tags that can't be followed, or a journal that can't be used."""


class FileRefused(EarmarkError):  # noqa: N818 (one file of many, which stops nothing)
    """A file whose tags can't be read or written.

    Parameters
    ----------
    reason : str
        Why, as a sentence without the file's name.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
