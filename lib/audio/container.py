"""What FFmpeg takes a file for: its container, the sound track in it, and how long that is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from lib.audio.content import Content, why_not_sound
from lib.errors import AudioError

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer

DEMUXERS = (
    "aac,ac3,aiff,amr,ape,asf,au,avi,caf,dsf,dts,eac3,flac,flv,matroska,webm,mov,mp4,mp3,mpc,mpc8,"
    "mpeg,mpegts,ogg,rm,tta,voc,w64,wav,wv"
)
"""What FFmpeg may take a file for.  Left out are playlists, which name other files or addresses,
and pictures and text, which it would take for films."""

LENGTH_GUESSED = {"aac", "ac3", "eac3", "dts", "amr", "mpeg", "mpegts"}
"""Formats that tell no length: what FFmpeg reports is a guess from the bit rate."""
LENGTH_IN_DOUBT = {"mp3", "ogg"}
"""Formats of which a closer look (see `lib.audio.content`) must say whether they tell it."""


def open_container(path: Path, file: BinaryIO) -> InputContainer:
    """Open a file's container.

    Parameters
    ----------
    path : Path
        For messages alone.
    file : file
        Read from its beginning; it is to stay open for as long as the container.

    Raises
    ------
    AudioError
        If FFmpeg doesn't know it; says what it is instead, as far as its first bytes tell.
    """
    import av  # a tenth of a second that a wav need not wait for

    av.logging.set_level(None)  # FFmpeg would write to the terminal otherwise
    file.seek(0)
    try:
        container = av.open(
            _Nameless(file), metadata_errors="replace", options={"format_whitelist": DEMUXERS}
        )
    except (av.FFmpegError, ValueError) as error:  # an OSError of FFmpeg's is none of the disk's
        file.seek(0)
        raise AudioError(path, why_not_sound(file.read(512))) from error
    return cast("InputContainer", container)


def choose_stream(path: Path, container: InputContainer) -> AudioStream:
    """Return the sound track.

    Raises
    ------
    AudioError
        If there is none to hear.
    """
    streams = container.streams
    if not streams.audio:
        raise AudioError(path, "It has no sound track. Choose a file with sound.")
    best = cast("AudioStream", streams.best("audio") or streams.audio[0])
    # FFmpeg's choice may be a track of a kind that it can't decode, beside one that it can.
    decodable = [each for each in streams.audio if each.codec_context is not None]
    return best if best in decodable or not decodable else decodable[0]


def declared_seconds(
    container: InputContainer, stream: AudioStream, content: Content
) -> float | None:
    """Return the length that the header declares, s; None where it declares none."""
    in_doubt = container.format.name in LENGTH_IN_DOUBT and not content.declares_length
    if container.format.name in LENGTH_GUESSED or in_doubt:
        return None
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    if container.duration is not None and not container.streams.video:
        return container.duration / 1_000_000
    return None


def likely_seconds(container: InputContainer, declared: float | None) -> float | None:
    """Return the length that the header declares, s, or else FFmpeg's guess."""
    guess = None if container.duration is None else container.duration / 1_000_000
    return guess if declared is None else declared


class _Nameless:
    """A file that doesn't tell its name, because FFmpeg would believe its suffix."""

    def __init__(self, file: BinaryIO) -> None:
        self.read, self.seek, self.tell = file.read, file.seek, file.tell
