from __future__ import annotations

import errno
from pathlib import Path

import pytest

from lib.audio.decoder import (
    HIGHEST_RATE,
    LOWEST_RATE,
    MOST_CHANNELS,
    block_length,
    check_format,
    readable,
)
from lib.errors import AudioError

PATH = Path("song.wav")


@pytest.mark.parametrize("rate", [LOWEST_RATE, 44_100, HIGHEST_RATE])
@pytest.mark.parametrize("channels", [1, 2, MOST_CHANNELS])
def test_what_is_sensible_passes(rate: int, channels: int) -> None:
    check_format(PATH, rate, channels)


@pytest.mark.parametrize(
    ("rate", "channels", "fault"),
    [
        (-1, 1, "-1 samples a second"),
        (LOWEST_RATE - 1, 1, "3,999 samples a second, and Earmark hears 4,000 to 768,000"),
        (HIGHEST_RATE + 1, 1, "768,001 samples a second"),
        (44_100, 0, "0 channels"),
        (44_100, MOST_CHANNELS + 1, "33 channels, and Earmark hears 1 to 32"),
    ],
)
def test_what_is_absurd_does_not(rate: int, channels: int, fault: str) -> None:
    with pytest.raises(AudioError, match=f"Its header says {fault}.* Save it again"):
        check_format(PATH, rate, channels)


def test_blocks_stay_small_however_many_channels() -> None:
    assert block_length(44_100, 2) == 44_100
    assert block_length(HIGHEST_RATE, MOST_CHANNELS) * MOST_CHANNELS * 4 <= 4 << 20  # bytes


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (FileNotFoundError(errno.ENOENT, "No such file"), r"There is no such file\. Check"),
        (NotADirectoryError(errno.ENOTDIR, "Not a directory"), r"There is no such file\. Check"),
        (PermissionError(errno.EACCES, "Permission denied"), "You are not allowed to read it"),
        (OSError(errno.EIO, "Input/output error"), r"can't be read \(Input/output error\)\. Check"),
        (OSError(), r"can't be read \(the system doesn't say why\)"),
    ],
)
def test_what_the_system_says_becomes_a_sentence(error: OSError, reason: str) -> None:
    with pytest.raises(AudioError, match=reason) as caught, readable(PATH):
        raise error
    assert caught.value.path == PATH
    assert caught.value.__cause__ is error
