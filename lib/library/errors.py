"""What goes wrong with a library as a whole; a file that can't be heard is no error of it."""

from __future__ import annotations

from lib.errors import EarmarkError


class LibraryError(EarmarkError):
    """A library that can't be read or written."""
