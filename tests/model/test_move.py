"""A trained model put where models lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib.errors import ModelError
from lib.model import Model, load_model, move_model, save_model


def test_a_model_takes_the_place_of_another_with_all_that_lies_beside_it(
    model: Model, another_model: Model, tmp_path: Path
) -> None:
    new, old = tmp_path / "cache" / "mine", tmp_path / "models" / "mine"
    save_model(another_model, new)
    (new / "README.md").write_text("new")
    save_model(model, old)
    (old / "README.md").write_text("old")
    (old / "notes.txt").write_text("a person's own")
    move_model(new, old)
    assert load_model(old).training == {"seed": 1}
    assert (old / "README.md").read_text() == "new"
    assert (old / "notes.txt").read_text() == "a person's own"
    assert not new.exists()
    assert [path.name for path in old.parent.iterdir()] == ["mine"]


def test_what_is_no_model_is_not_moved(model: Model, tmp_path: Path) -> None:
    old = tmp_path / "mine"
    save_model(model, old)
    (tmp_path / "new").mkdir()
    with pytest.raises(ModelError, match=r"model\.json is missing"):
        move_model(tmp_path / "new", old)
    assert load_model(old).training == {"seed": 0}


def test_songs_are_never_replaced(model: Model, tmp_path: Path) -> None:
    save_model(model, tmp_path / "new")
    (tmp_path / "songs").mkdir()
    (tmp_path / "songs" / "song.ogg").write_text("sound")
    with pytest.raises(ModelError, match="left alone"):
        move_model(tmp_path / "new", tmp_path / "songs")
    assert (tmp_path / "new" / "model.json").is_file()
