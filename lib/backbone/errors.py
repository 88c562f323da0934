"""What keeps the backbone from hearing."""

from __future__ import annotations

from lib.errors import EarmarkError


class BackboneError(EarmarkError):
    """The pretrained network is not here, or is not the one that is known."""
