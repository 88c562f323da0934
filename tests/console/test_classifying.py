"""The model that answers on the console: named by a person, or the usual one."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib.console.classifying import open_model
from lib.errors import CallError, ModelError
from lib.model import save_model
from tests.models import small_model


def test_the_one_that_was_named(tmp_path: Path) -> None:
    save_model(small_model(), tmp_path / "model")
    folder, model = open_model(tmp_path / "model")
    assert (folder, model.labels) == (tmp_path / "model", small_model().labels)


def test_to_name_none_that_is_there_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(CallError, match=r"^--model: .*there is no model"):
        open_model(tmp_path / "nothing")


def test_where_another_than_the_usual_one_answers_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other"
    save_model(small_model(), other)
    monkeypatch.setattr("lib.console.classifying.usual_model", lambda: (other, "No ear is here."))
    assert open_model(None)[0] == other
    assert capsys.readouterr().err == "Earmark: other answers. No ear is here.\n"
    monkeypatch.setattr("lib.console.classifying.usual_model", lambda: (tmp_path / "none", ""))
    with pytest.raises(ModelError) as raised:
        open_model(None)
    assert not isinstance(raised.value, CallError)
