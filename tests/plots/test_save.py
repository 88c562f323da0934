"""Pictures as files, and what importing the pictures brings in."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from lib.features import Overview
from lib.plots import DARK, LIGHT, PlotError, chromagram, save, waveform


def test_a_png_has_150_dots_an_inch_and_the_themes_background(
    song: Overview, tmp_path: Path
) -> None:
    path = save(chromagram(song, DARK), tmp_path / "new" / "chroma.png")
    with Image.open(path) as image:
        assert image.format == "PNG"
        assert image.size == (1350, 630)
        assert image.convert("RGB").getpixel((0, 0)) == (0x1C, 0x1C, 0x1C)
    assert [entry.name for entry in path.parent.iterdir()] == ["chroma.png"]


def test_an_svg_is_one(song: Overview, tmp_path: Path) -> None:
    path = save(waveform(song, LIGHT), tmp_path / "wave.SVG")
    assert ET.parse(path).getroot().tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314 (ours)


def test_another_suffix_is_refused_by_name(song: Overview, tmp_path: Path) -> None:
    for name in ("wave.bmp", "wave"):
        with pytest.raises(PlotError, match=rf"{name}: a picture is saved as \.png, \.svg"):
            save(Figure(), tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_failure_leaves_the_old_picture(tmp_path: Path) -> None:
    path = save(Figure(), tmp_path / "a.png")
    before = path.read_bytes()
    broken = Figure()
    broken.text(0.5, 0.5, "$\\nothing$")
    with pytest.raises(ValueError, match="nothing"):
        save(broken, path)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.png"]


def test_two_threads_draw_the_same_as_one(song: Overview, tmp_path: Path) -> None:
    views: list[Callable[..., Figure]] = [waveform, chromagram]
    for view in views:
        save(view(song, DARK), tmp_path / "one" / f"{view.__name__}.png")
    threads = [
        threading.Thread(
            target=lambda view=view: save(view(song, DARK), tmp_path / f"{view.__name__}.png")
        )
        for view in views
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for view in views:
        name = f"{view.__name__}.png"
        alone = np.asarray(Image.open(tmp_path / "one" / name))
        np.testing.assert_array_equal(np.asarray(Image.open(tmp_path / name)), alone)


@pytest.mark.parametrize(
    ("modules", "kept_out"),
    [
        ("lib.plots", {"pandas", "scipy", "tkinter", "lib.dataset", "lib.judgement"}),
        ("lib.plots.dataset, lib.plots.gallery, lib.plots.network, lib.plots.training", set()),
    ],
    ids=["window", "stages"],
)
def test_importing_brings_no_pyplot(modules: str, kept_out: set[str], root: Path) -> None:
    kept_out = kept_out | {"matplotlib.pyplot", "seaborn"}
    code = f"import sys, {modules}; print(sorted({kept_out} & set(sys.modules)))"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert run.stdout == "[]\n"
