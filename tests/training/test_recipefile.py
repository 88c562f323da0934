from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from lib.errors import TrainingError
from lib.training import RECIPES, TrainingConfig, read_recipe, write_recipe

CONFIG = replace(RECIPES["robust"], network="searched", hidden=(64, 32), activation="silu")


@pytest.mark.parametrize("config", [*RECIPES.values(), CONFIG])
def test_a_configuration_comes_back_as_it_was_written(
    tmp_path: Path, config: TrainingConfig
) -> None:
    write_recipe(tmp_path / "new" / "winner.json", config, found_by="luck")
    assert read_recipe(tmp_path / "new" / "winner.json") == config
    told = json.loads((tmp_path / "new" / "winner.json").read_text(encoding="utf-8"))
    assert told["found_by"] == "luck"


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"epochs": 0}, "epochs is 0; it must be at least 1"),
        ({"epochs": "many"}, "epochs is 'many'; it must be of the kind of"),
        ({"epochs": True}, "epochs is True"),
        ({"refit": 1}, "refit is 1"),
        ({"colour": "red"}, "config has no setting 'colour'; it has activation, batch_size"),
        ({"hidden": [64, "x"]}, r"hidden is \[64, 'x'\]; it must be a list of whole numbers"),
        ({"hidden": 64}, "hidden is 64"),
        ({"regularisation": 3}, "regularisation must be an object, not 3"),
        ({"regularisation": {"dropout": 2.0}}, "dropout is 2.0"),
        ({"regularisation": {"augmentation": {"gain": "x"}}}, "gain is 'x'"),
    ],
)
def test_what_makes_no_sense_is_named(tmp_path: Path, change: dict[str, Any], match: str) -> None:
    path = tmp_path / "winner.json"
    content = {"format": 1, "config": {**asdict(CONFIG), **change}}
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(TrainingError, match=match) as caught:
        read_recipe(path)
    assert str(caught.value).startswith(f"{path}: ")


@pytest.mark.parametrize(
    ("text", "match"),
    [
        (None, "can't be read .*Name the winner.json"),
        ("{", "is not JSON"),
        ("[]", "it is no recipe of format 1"),
        ('{"format": 2}', "it is no recipe of format 1"),
        ('{"format": 1}', "config must be an object, not None"),
    ],
)
def test_a_file_that_is_none(tmp_path: Path, text: str | None, match: str) -> None:
    if text is not None:
        (tmp_path / "winner.json").write_text(text, encoding="utf-8")
    with pytest.raises(TrainingError, match=match):
        read_recipe(tmp_path / "winner.json")
