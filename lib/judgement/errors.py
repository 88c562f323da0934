"""What judging refuses to do."""

from __future__ import annotations

from lib.errors import EarmarkError


class JudgementError(EarmarkError):
    """Songs that can't be judged, or not in the way that was asked."""


class LeakError(JudgementError):
    """The same music on both sides: what was learned would be recognised, not judged."""
