"""Predictions and playlists that were never heard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from lib.errors import EarmarkError
from lib.prediction import Outcome, Place, Prediction
from lib.youtube import Entry, Listing


@pytest.fixture
def predict() -> Callable[..., Prediction]:
    """Return a function that makes a prediction, with what it is given changed."""

    def make(**changes: object) -> Prediction:
        probabilities = {"jazz": 0.62, "blues": 0.377, "rock": 0.003}
        values: dict[str, Any] = {
            "source": "/music/song.mp3",
            "title": "A song",
            "artist": "A band",
            "seconds": 61.0,
            "tempo": 120.2,
            "genre": "jazz",
            "confidence": 0.62,
            "probabilities": probabilities,
            "windows": (),
            "warnings": (),
            "model": "small",
        }
        return Prediction(**{**values, **changes})

    return make


@pytest.fixture
def listing() -> Listing:
    return Listing(
        "PLxxxxxxxxxx",
        "Mixed",
        (
            Entry("a" * 11, "A song", "A channel", 61.0),
            Entry("b" * 11, "夜に駆ける", "YOASOBI", 3_700.0),
            Entry("c" * 11, "", "", None),
        ),
    )


@pytest.fixture
def song(listing: Listing) -> Callable[..., Outcome]:
    """Return a function that makes the outcome of a playlist's song."""

    def make(number: int, result: Prediction | EarmarkError) -> Outcome:
        video = listing.entries[number - 1]
        return Outcome(video.link, result, video, place=Place(listing, number))

    return make
