"""What can be wrong with a picture."""

from __future__ import annotations

from lib.errors import EarmarkError


class PlotError(EarmarkError):
    """A picture that can't be drawn or saved."""
