from __future__ import annotations

from pathlib import Path

import pytest

from lib.console.training_command import command
from lib.console.training_options import parse, protocols, settings


def test_protocols_by_name_stand_for_the_usual_folds() -> None:
    def asked(*options: str) -> object:
        return protocols(parse(["data", *options], description=None))

    assert asked() == {}
    assert asked("--protocol", "artist", "--protocol", "split") == {"artist": 5, "split": 1}
    assert asked("--protocol", "random", "--random-folds", "3") == {"random": 3}
    assert asked("--folds", "4") == {"artist": 4}


def test_features_go_with_networks_that_are_given_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit, match="2"):
        parse(["data", "--network", "cnn-mfcc", "--features", "87"], description=None)
    assert "and cnn-mfcc is not" in capsys.readouterr().err
    assert settings(parse(["data", "--features", "87"], description=None)).features == "87"


def test_the_command_can_be_typed_and_tells_no_place_outside(root: Path, tmp_path: Path) -> None:
    def told(*options: str) -> str:
        arguments = parse([*options, "--name", "new"], description=None)
        return command(arguments, settings(arguments))

    inside = str(root / "outputs" / "models" / "mlp85")
    assert told(str(root / "data" / "my songs"), "--against", inside) == (
        "python 02_train.py 'data/my songs' --recipe robust --name new "
        "--against outputs/models/mlp85"
    )
    outside = told(str(tmp_path / "songs"), "--against", str(tmp_path / "old"))
    assert outside == "python 02_train.py songs --recipe robust --name new --against old"
