"""A training says first which model it writes over."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

from lib.model import DEFAULT_MODEL, EAR_MODEL, save_model, what_is_replaced
from tests.models import small_model


def test_nothing_is_replaced_where_there_is_none(tmp_path: Path) -> None:
    assert what_is_replaced(tmp_path / "mine") == ""
    (tmp_path / "mine").mkdir()
    assert what_is_replaced(tmp_path / "mine") == ""


def test_where_it_lies_when_it_was_trained_and_how_good_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    figures = {"accuracy": 0.7, "interval": [0.6, 0.8], "songs": 164}
    save_model(replace(small_model(), metrics={"validation": figures}), folder)
    moment = time.mktime((2026, 11, 20, 14, 3, 0, 0, 0, -1))
    os.utime(folder / "model.json", (moment, moment))
    assert what_is_replaced(folder) == (
        f"The new model replaces the one in {folder}, of 2026-11-20 14:03: right for about 70 "
        f"(60 to 80) of 100 songs held out of its training. Stop (Ctrl+C) and give another --name "
        f"to keep both."
    )


def test_one_that_can_not_be_read_is_told_as_well(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    save_model(small_model(), folder)
    (folder / "weights.npz").write_bytes(b"")
    assert "it can't be read" in what_is_replaced(folder)


def test_of_the_models_that_ship_it_says_how_to_have_them_back() -> None:
    for folder in (EAR_MODEL, DEFAULT_MODEL):
        told = what_is_replaced(folder)
        assert "right for about" in told
        assert told.endswith(f"“git checkout -- outputs/models/{folder.name}” brings it back.")
