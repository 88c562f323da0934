"""How long a sound is likely to be, told from its size: enough to say which of many is longest."""

from __future__ import annotations

BYTES_A_SECOND = {
    ".aif": 176_400, ".aiff": 176_400, ".au": 88_200, ".flac": 100_000, ".wav": 176_400,
}  # fmt: skip
"""Of what isn't compressed, or without loss: CD quality, and half of it for flac and old au."""
USUAL_BYTES_A_SECOND = 24_000
"""Of the rest: 192 kbit/s."""


def likely_length(suffix: str, size: int) -> float:
    """Guess how long a file takes to play.

    Parameters
    ----------
    suffix : str
        Such as ``".mp3"``, in any case.
    size : int
        Bytes.

    Returns
    -------
    float
        Seconds.

    Examples
    --------
    >>> likely_length(".MP3", 4_800_000), likely_length(".wav", 5_292_000)
    (200.0, 30.0)
    """
    return size / BYTES_A_SECOND.get(suffix.lower(), USUAL_BYTES_A_SECOND)
