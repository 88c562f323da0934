"""The window as a program: how it starts, how it ends, and on what screens."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Opens the window as 04_interface.py does, then closes it as a window manager would.
CLOSE_IN_MID_WORK = """
import runpy, sys
from lib.gui import App
opened = App.open
def open_and_close(app, source):
    opened(app, source)
    def close():
        if not app.store.state.fraction:
            app.root.after(10, close)
            return
        print(app.store.state.phase.name, flush=True)
        app.root.tk.eval(app.root.protocol("WM_DELETE_WINDOW"))
    app.root.after(0, close)
App.open = open_and_close
sys.exit(runpy.run_path("04_interface.py")["main"](sys.argv[1:]))
"""

WHAT_IS_IMPORTED = """
import sys
from lib.gui import App
app = App()
heavy = {"numpy", "matplotlib", "av", "soundfile", "soxr", "pandas", "PIL", "yt_dlp"}
heavy |= {"lib.audio", "lib.model"}
print(sorted(heavy & set(sys.modules)))
app.close()
"""

LOOK_DENSE = """
import sys
from pathlib import Path
from lib.gui import App
from lib.gui.plot_tabs import TABS
from tests.gui.hands import Hands, cut_off
app = App(model=Path(sys.argv[1]))
hands = Hands(app, [])
app.open()
hands.until(lambda: app.store.state.model is not None)
print(round(app.theme.scale, 1), app.root.geometry().split("+")[0], cut_off(app.root))
hands.hear(sys.argv[2])
for name in TABS:
    app.page.tabs.chosen = name
    hands.breathe(0.1)
    assert not cut_off(app.root), cut_off(app.root)
app.page.tabs.chosen = "waveform"
plot = app.page.tabs.plots["waveform"]
hands.until(lambda: plot.request is not None)
print(round(plot.request.dpi / 96, 1), plot._image.width() == plot.winfo_width() > 1_900)
app.close()
"""


def run(code: str, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_closing_in_mid_work_ends_everything(
    display: str, home: Path, model_folder: Path, long_song: Path
) -> None:
    done = run(CLOSE_IN_MID_WORK, long_song, "--model", model_folder, DISPLAY=display)
    assert (done.returncode, done.stdout, done.stderr) == (0, "HEARING\n", "")
    assert (home / "config" / "window.json").is_file()


def test_the_window_stands_before_anything_heavy_is_imported(display: str, home: Path) -> None:
    done = run(WHAT_IS_IMPORTED, DISPLAY=display)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_a_dense_screen_gets_everything_larger(
    dense_display: str, home: Path, model_folder: Path, songs: Path
) -> None:
    done = run(LOOK_DENSE, model_folder, songs / "windows.wav", DISPLAY=dense_display)
    assert done.stderr == ""
    assert re.fullmatch(r"2\.0 20[78]\dx15[12]\d \[\]\n2\.0 True\n", done.stdout)


def test_what_the_desktop_says_of_density_counts(display: str, home: Path, tmp_path: Path) -> None:
    """Where nobody set resources on the server, X11 programs read them from ~/.Xdefaults."""
    (tmp_path / ".Xdefaults").write_text("Xft.dpi: 144\n")
    code = "from lib.gui import App; app = App(); print(app.theme.scale); app.close()"
    done = run(code, DISPLAY=display, HOME=str(tmp_path))
    assert (done.stdout, done.stderr) == ("1.5\n", "")


def test_without_a_screen_there_is_a_sentence() -> None:
    done = subprocess.run(
        [sys.executable, "04_interface.py"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "DISPLAY"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("The window can't be opened: no display name")
    assert "Traceback" not in done.stderr


def test_without_tk_the_package_to_install_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import runpy

    main = runpy.run_path(str(ROOT / "04_interface.py"))["main"]
    monkeypatch.setitem(sys.modules, "tkinter", None)
    assert main([]) == 1
    assert "python3-tk" in capsys.readouterr().err


def test_help_has_examples(capsys: pytest.CaptureFixture[str]) -> None:
    import runpy

    with pytest.raises(SystemExit, match="0"):
        runpy.run_path(str(ROOT / "04_interface.py"))["main"](["--help"])
    assert "python 04_interface.py --model" in capsys.readouterr().out
