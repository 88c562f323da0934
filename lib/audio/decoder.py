"""What every decoder gives, and the bounds that all of them keep."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from lib.audio.sound import AudioInfo, Samples
from lib.errors import AudioError

BLOCK_SECONDS = 1.0
"""How much is decoded at a time, s: enough that calls cost nothing, little enough to keep."""
MOST_IN_A_BLOCK = 1 << 20
"""Samples of all channels together: what many channels at a high rate may take at a time."""

LOWEST_RATE = 4_000
"""Hz.  Telephones speak at 8,000; below half of that no music is left."""
HIGHEST_RATE = 768_000
"""Hz.  The highest that studio equipment records at."""
MOST_CHANNELS = 32
"""Above 22.2 surround (24) and third-order ambisonics (16); more is a damaged header."""


@dataclass(frozen=True, eq=False)
class Block:
    """A piece of sound as the file holds it.

    Parameters
    ----------
    samples : np.ndarray [shape=(n, channels)]
        Float32, full scale ±1.  May hold NaN and infinity.
    rate : int
        Samples a second, Hz.
    """

    samples: Samples
    rate: int


class Decoder(Protocol):
    """An open file that can be decoded once, from its beginning or a later second on."""

    @property
    def info(self) -> AudioInfo:
        """What the file says of itself."""

    @property
    def likely_seconds(self) -> float | None:
        """The length that the header declares, s, or a guess from the bit rate."""

    @property
    def fraction(self) -> float | None:
        """How much of the file has been decoded, 0 to 1; None before anybody can know."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was found wrong so far, as sentences for a person."""

    def blocks(self, start: int = 0) -> Iterator[Block]:
        """Decode; the blocks last about `block_length`.

        Parameters
        ----------
        start : int
            The second to begin at, which the decoder seeks: what comes before is not decoded but
            for what a format needs to find its way.  Where it lies is as exact as the format's own
            account of time.  Past the end there are no blocks.  The beginning must have been
            decoded before.

        Raises
        ------
        AudioError
            Where it can't go on.  What was decoded before stands.
        """

    def close(self) -> None:
        """Let go of the file.  May be called twice."""


def block_length(rate: int, channels: int) -> int:
    """Return how many samples to decode at a time, each channel's counted alone."""
    return min(round(BLOCK_SECONDS * rate), MOST_IN_A_BLOCK // channels)


MISSING = "There is no such file. Check its name, or choose another."
UNDECODABLE = (
    "No sound in it can be decoded: it is damaged, protected, or of a kind that Earmark doesn't "
    "know. Choose another file, or convert it to flac or mp3."
)


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turn what the system says of a file it doesn't give into what a person can act on.

    Raises
    ------
    AudioError
        In place of an `OSError`.
    """
    try:
        yield
    except (FileNotFoundError, NotADirectoryError) as error:
        raise AudioError(path, MISSING) from error
    except PermissionError as error:
        reason = "You are not allowed to read it. Change its permissions, or choose another file."
        raise AudioError(path, reason) from error
    except OSError as error:
        why = error.strerror or "the system doesn't say why"
        reason = f"It can't be read ({why}). Check the disk, copy it again, or choose another file."
        raise AudioError(path, reason) from error


def is_sensible(rate: int, channels: int) -> bool:
    """Tell whether a rate, Hz, and a number of channels are such as recordings have."""
    return LOWEST_RATE <= rate <= HIGHEST_RATE and 1 <= channels <= MOST_CHANNELS


def check_format(path: Path, rate: int, channels: int) -> None:
    """Refuse what no real recording has, before memory is taken for it.

    Raises
    ------
    AudioError
        Unless the rate lies within `LOWEST_RATE` to `HIGHEST_RATE` and the number of channels
        within 1 to `MOST_CHANNELS`.
    """
    if not LOWEST_RATE <= rate <= HIGHEST_RATE:
        raise AudioError(
            path,
            f"Its header says {rate:,} samples a second, and Earmark hears {LOWEST_RATE:,} to "
            f"{HIGHEST_RATE:,}. Save it again at 44,100, or get another copy if it is damaged.",
        )
    if not 1 <= channels <= MOST_CHANNELS:
        raise AudioError(
            path,
            f"Its header says {channels} channels, and Earmark hears 1 to {MOST_CHANNELS}. "
            "Save it again in stereo, or get another copy if it is damaged.",
        )
