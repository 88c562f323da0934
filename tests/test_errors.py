"""All errors share one root and name what they are about."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from lib import errors


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and kind.__module__ == "lib.errors"
    ],
)
def test_every_error_has_the_same_root(name: str) -> None:
    assert issubclass(getattr(errors, name), errors.EarmarkError)


def test_an_audio_error_names_the_file_and_survives_the_way_out_of_a_worker() -> None:
    error = errors.AudioError(Path("a b.mp3"), "This file is empty.")
    assert str(error) == "a b.mp3: This file is empty."
    # A process pool sends exceptions by pickle; nothing of Earmark's is stored that way.
    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert (again.path, again.reason) == (error.path, error.reason)
