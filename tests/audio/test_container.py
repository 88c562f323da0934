from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lib.audio.container import choose_stream, declared_seconds, likely_seconds, open_container
from lib.audio.content import look_at
from lib.errors import AudioError
from tests.sound import CODECS

if TYPE_CHECKING:
    from av.container import InputContainer

Encoded = Callable[[str], Path]


@contextmanager
def opened(path: Path) -> Iterator[InputContainer]:
    with path.open("rb") as file, open_container(path, file) as container:
        yield container


def declared(path: Path) -> tuple[float | None, float | None]:
    """Return the length that is declared, and the likely one."""
    with opened(path) as container:
        seconds = declared_seconds(container, choose_stream(path, container), look_at(path))
        return seconds, likely_seconds(container, seconds)


@pytest.mark.parametrize("suffix", CODECS)
def test_the_length_that_a_header_declares(encoded: Encoded, suffix: str) -> None:
    seconds, likely = declared(encoded(suffix))
    if suffix == ".aac":  # it has no header, and a guess is no declaration
        assert seconds is None
        assert likely == pytest.approx(8, rel=0.5)
    else:
        assert seconds == likely == pytest.approx(8, abs=0.05)


def test_an_mp3_whose_length_is_a_guess_declares_none(encoded: Encoded, tmp_path: Path) -> None:
    mp3 = encoded(".mp3").read_bytes()
    (tmp_path / "a.mp3").write_bytes(mp3.replace(b"Info", bytes(4)).replace(b"Xing", bytes(4)))
    seconds, likely = declared(tmp_path / "a.mp3")
    assert seconds is None
    assert likely == pytest.approx(8, rel=0.1)


def test_what_is_no_sound_says_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "song.mp3").write_text("<html>no such page</html>")
    with (
        pytest.raises(AudioError, match=r"song\.mp3: It is a web page"),
        opened(tmp_path / "song.mp3"),
    ):
        pass
