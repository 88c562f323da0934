from __future__ import annotations

import shutil
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest

from lib.backbone import BackboneError, load_backbone
from lib.backbone.converted import converted


@pytest.fixture
def copy(wheel: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that holds a copy of the wheel, installed before the real one."""
    folder, real = tmp_path / "site", distribution("musicnn")
    for part in ("musicnn/MSD_musicnn", "musicnn-0.1.0.dist-info"):
        shutil.copytree(str(real.locate_file(part)), folder / part)
    monkeypatch.syspath_prepend(str(folder))
    return folder


def kept(home: Path) -> list[Path]:
    return list((home / "cache" / "backbone").iterdir())


def test_converts_once(wheel: None, home: Path) -> None:
    steps: list[str] = []
    first = converted(progress=lambda step, _: steps.append(step))
    (file,) = kept(home)
    assert file.read_bytes() == first
    assert converted(progress=lambda step, _: steps.append(step)) == first
    assert steps == ["Converting the backbone"]


@pytest.mark.parametrize("content", [b"", b"another file"])
def test_makes_a_damaged_file_anew(wheel: None, home: Path, content: bytes) -> None:
    first = converted()
    (file,) = kept(home)
    file.write_bytes(content)
    assert converted() == first
    assert kept(home) == [file]
    assert file.read_bytes() == first


def test_does_without_a_cache_that_cannot_be_written(wheel: None, home: Path) -> None:
    home.write_text("a file where the folder was to be", encoding="utf-8")
    assert load_backbone()


def test_needs_the_wheel_no_more_once_it_is_converted(
    wheel: None, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = converted()
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    assert converted() == first


def test_says_that_the_wheel_is_missing(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    with pytest.raises(BackboneError, match="musicnn is not installed"):
        converted()
    assert not home.exists()


def test_refuses_another_version(copy: Path) -> None:
    metadata = copy / "musicnn-0.1.0.dist-info" / "METADATA"
    text = metadata.read_text(encoding="utf-8")
    metadata.write_text(text.replace("Version: 0.1.0", "Version: 0.2.0"), encoding="utf-8")
    with pytest.raises(BackboneError, match=r"as version 0\.2\.0"):
        converted()


@pytest.mark.parametrize("name", [".index", ".data-00000-of-00001"])
def test_refuses_files_that_are_not_the_known_ones(copy: Path, name: str) -> None:
    file = copy / "musicnn" / "MSD_musicnn" / name
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    with pytest.raises(BackboneError, match=f"{name} has the SHA-256"):
        converted()
    file.unlink()
    with pytest.raises(BackboneError, match=f"lacks its file .*{name}"):
        converted()
