"""Who made this and under which licences, and the log of what went wrong."""

from __future__ import annotations

import platform
import tkinter as tk
from collections.abc import Iterator
from importlib import metadata
from tkinter import ttk

import lib
from lib.gui.overlay import Overlay, reading_text
from lib.gui.theme import Theme
from lib.places import log_folder

# What `make run` installs because Earmark asks for it; what these ask for is theirs to name.
PACKAGES = (
    "av", "brotli", "certifi", "deno", "matplotlib", "miniaudio", "musicnn", "mutagen", "numpy",
    "onnx", "onnxruntime", "pandas", "pillow", "platformdirs", "pycryptodomex", "requests",
    "seaborn", "soundfile", "soxr", "sv-ttk", "tkinterdnd2", "tqdm", "urllib3", "websockets",
    "yt-dlp", "yt-dlp-ejs",
)  # fmt: skip
ORIGINS = (
    "Earmark is under the MIT licence. Its models learned from features and clips of GTZAN\n"
    "(Tzanetakis and Cook, 2002); the ear hears by the weights of musicnn (Pons and Serra, 2019)."
)
LONGEST_LICENCE = 46  # characters
MOST_LINES = 400  # of the log


class About(Overlay):
    """Versions and licences.

    Parameters
    ----------
    root : tk.Tk
        The window.
    theme : Theme
        Gives it its look.
    """

    def __init__(self, root: tk.Tk, theme: Theme) -> None:
        super().__init__(root, theme, f"Earmark {lib.__version__}")

    def _fill(self, body: ttk.Frame) -> tk.Misc:
        ttk.Label(body, text=ORIGINS).pack(anchor="w", pady=(0, self._theme.px(12)))
        return reading_text(body, self._theme, "\n".join(versions()), 74, 18)


class Log(Overlay):
    """The end of the log, to be read and copied.

    Parameters
    ----------
    root : tk.Tk
        The window.
    theme : Theme
        Gives it its look.
    """

    def __init__(self, root: tk.Tk, theme: Theme) -> None:
        super().__init__(root, theme, "Log")

    def _fill(self, body: ttk.Frame) -> tk.Misc:
        path = log_folder() / "earmark.log"
        try:
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()[-MOST_LINES:]
        except OSError:
            lines = ["Nothing went wrong yet that Earmark did not foresee."]
        text = reading_text(body, self._theme, "\n".join((str(path), "", *lines)), 84, 20)
        text.see("end")
        return text


def versions() -> Iterator[str]:
    """Tell the version and the licence of Python and each package, as far as they are installed."""
    yield f"{'Python':<16}{platform.python_version():<14}PSF-2.0"
    yield f"{'Tk':<16}{tk.TkVersion:<14}TCL"
    for name in PACKAGES:
        try:
            told = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        yield f"{name:<16}{told['Version']:<14}{licence(told)}"


def licence(told: metadata.PackageMetadata) -> str:
    """Return the licence that a package names, in one short line.

    Newer packages have an expression; of the others the classifier says it most briefly.
    """
    if told["License-Expression"]:
        named = str(told["License-Expression"])
    else:
        kinds = [kind for kind in told.get_all("Classifier") or () if kind.startswith("License")]
        own = next(iter((told["License"] or "").splitlines()), "")
        named = kinds[0].rpartition(" :: ")[2] if kinds else own
    short = named[: LONGEST_LICENCE - 1].rstrip() + "…"
    return named if len(named) <= LONGEST_LICENCE else short
