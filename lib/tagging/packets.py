"""The encoded sound of a file, to see that new tags have left it alone."""

from __future__ import annotations

import hashlib
from pathlib import Path

from lib.tagging.errors import FileRefused


def sound_of(path: Path) -> bytes:
    """Return the SHA-256 of the sound as it is encoded; nothing is decoded.

    A player must find the same packets after new tags as before: in an m4a file, say, they are
    found by a table of places, which longer tags move.

    Raises
    ------
    FileRefused
        Where there is no sound in it that can be read.
    """
    import av  # a tenth of a second, which reading tags need not wait for

    av.logging.set_level(None)  # FFmpeg would write to the terminal otherwise
    found = hashlib.sha256()
    try:
        with (
            path.open("rb") as file,
            av.open(file, "r", metadata_errors="replace") as container,
        ):
            for packet in container.demux(audio=0):
                found.update(bytes(packet))
    except (av.FFmpegError, IndexError, ValueError) as error:
        raise FileRefused("There is no sound in it that can be read.") from error
    return found.digest()
