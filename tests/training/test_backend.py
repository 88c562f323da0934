from __future__ import annotations

import importlib
import sys
from pathlib import Path

import numpy as np
import pytest

from lib.training.backend import _hidden


def test_what_keras_need_not_load_is_missing_for_that_while_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "needless_library.py").write_text("answer = 42\n")
    monkeypatch.syspath_prepend(tmp_path)
    with _hidden("needless_library", "numpy"):
        with pytest.raises(ImportError):
            importlib.import_module("needless_library")
        assert importlib.import_module("numpy") is np  # what is loaded already costs nothing more
    assert "needless_library" not in sys.modules
    assert importlib.import_module("needless_library").answer == 42
