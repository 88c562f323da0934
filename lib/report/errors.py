"""What can be wrong with a report."""

from __future__ import annotations

from lib.errors import EarmarkError


class ReportError(EarmarkError):
    """A report that can't be written."""
