"""One figure at a time: whoever draws in several threads holds this while it does."""

from __future__ import annotations

import threading

DRAWING = threading.Lock()
"""Matplotlib shares caches of fonts and text between figures, and is not made for two threads."""
