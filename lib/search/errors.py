"""What a search or a comparison refuses to do."""

from __future__ import annotations

from lib.errors import EarmarkError


class SearchError(EarmarkError):
    """A search that can't begin or go on."""
