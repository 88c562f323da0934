"""The delta gives every old byte back, and is small where little changed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.tagging import TaggingError
from lib.tagging.delta import make_delta, restored


def noise(count: int, seed: int = 0) -> bytes:
    return np.random.default_rng(seed).bytes(count)


@given(st.binary(min_size=1, max_size=5000), st.binary(min_size=1, max_size=5000))
def test_any_bytes_come_back(old: bytes, new: bytes) -> None:
    assert b"".join(restored(make_delta(old, new), new)) == old


@given(st.lists(st.tuples(st.integers(0, 200_000), st.binary(max_size=40)), max_size=8))
def test_edits_anywhere_come_back(edits: list[tuple[int, bytes]]) -> None:
    old, new = noise(200_000), bytearray(noise(200_000))
    for place, content in edits:
        new[place : place + 7] = content
    assert b"".join(restored(make_delta(old, bytes(new)), bytes(new))) == old


@pytest.mark.parametrize("head", [0, 1, 700, 5_000])
def test_what_only_moved_takes_few_bytes(head: int) -> None:
    sound = noise(3_000_000)
    old = b"old tags" + bytes(1_000) + sound + b"TAG old"
    new = b"new tags" + noise(head, 1) + sound + b"TAG new and longer"
    delta = make_delta(old, new)
    assert b"".join(restored(delta, new)) == old
    assert len(delta) < 2_000


def test_numbers_along_the_whole_file_take_few_bytes_each() -> None:
    old, new = bytearray(noise(1_000_000)), bytearray(noise(1_000_000))
    for page in range(0, 1_000_000, 4_000):
        new[page : page + 8] = noise(8, page)
    delta = make_delta(bytes(old), bytes(new))
    assert b"".join(restored(delta, bytes(new))) == old
    assert len(delta) < 250 * 24


def test_a_note_of_another_file_is_refused() -> None:
    delta = make_delta(noise(10_000), noise(10_000))
    with pytest.raises(TaggingError, match="not of this file"):
        list(restored(delta, b"short"))
    with pytest.raises(TaggingError, match="damaged"):
        list(restored(b"no delta", b"short"))
