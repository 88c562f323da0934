"""What has come of a file that is being fetched."""

from __future__ import annotations

import json
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

from lib.files import write_text


@dataclass(frozen=True)
class Part:
    """What has come so far, and which version of the file at which address it is."""

    path: Path

    @property
    def size(self) -> int:
        """How many bytes have come."""
        return self.path.stat().st_size if self.path.exists() else 0

    @property
    def _note(self) -> Path:
        return self.path.with_name(f"{self.path.name}.json")

    def validator(self, url: str) -> str:
        """Return the ETag or date that the server gave with what is here, or empty."""
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
            return str(note["validator"]) if note["url"] == url else ""
        except (OSError, ValueError, KeyError, TypeError):
            return ""

    def begin(self, url: str, headers: Message) -> None:
        """Throw away what is here and note what comes next."""
        etag = headers.get("ETag", "")
        # A weak ETag may stand for other bytes, so the standard forbids it here (RFC 9110, 13.1.5).
        validator = headers.get("Last-Modified", "") if etag.startswith("W/") or not etag else etag
        self.path.write_bytes(b"")
        write_text(self._note, json.dumps({"url": url, "validator": validator}))

    def forget(self) -> None:
        """Throw away what is here."""
        self.path.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)
