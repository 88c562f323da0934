"""What every decoder gives, and the bounds that all of them keep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from lib.audio.sound import AudioInfo, Samples
from lib.errors import AudioError

BLOCK_SECONDS = 1.0
"""How much is decoded at a time, s: enough that calls cost nothing, little enough to keep."""

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
    """An open file that can be decoded once, from its beginning to its end.

    A decoder that can start in the middle (issue: reading 30 s of a long file) would say so by a
    further method here; nothing above this line needs to change for it.
    """

    @property
    def info(self) -> AudioInfo:
        """What the file says of itself."""

    @property
    def fraction(self) -> float | None:
        """How much of the file has been decoded, 0 to 1; None before anybody can know."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was found wrong so far, as sentences for a person."""

    def blocks(self) -> Iterator[Block]:
        """Decode; the blocks last about `BLOCK_SECONDS`.

        Raises
        ------
        AudioError
            Where it can't go on.
        """

    def close(self) -> None:
        """Let go of the file.  May be called twice."""


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
