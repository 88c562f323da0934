"""Open the window of Earmark, and hear a song in it if one is given.

Examples
--------
    python 04_interface.py
    python 04_interface.py "My song.mp3"
    python 04_interface.py "https://youtu.be/dQw4w9WgXcQ"
    python 04_interface.py --model outputs/models/mine "purple rain prince"
"""

from __future__ import annotations

import lib  # noqa: F401 (first: from here on, Ctrl+C ends quietly what only imports)

# isort: split
import argparse
import sys
from pathlib import Path

from lib.console.edge import run_stage
from lib.console.options import add_youtube_options, open_youtube
from lib.console.parser import StageParser


def main(argv: list[str] | None = None) -> int:
    """Open the window; return the exit status when it is closed."""
    parser = StageParser(description=__doc__)
    parser.add_argument(
        "source",
        nargs="?",
        default="",
        metavar="SOURCE",
        help="what to hear at once: a file, the link of a YouTube video or playlist, or words "
        "to search for",
    )
    parser.add_argument(
        "--model",
        type=Path,
        metavar="FOLDER",
        help="the model that answers (default: the shipped one)",
    )
    parser.add_argument(
        "--data",
        type=Path,
        metavar="FOLDER",
        help="where the data sets of the page Data lie (default: data)",
    )
    add_youtube_options(parser)
    options = parser.parse_args(argv)
    # Adding songs to a data set has a usual pause of its own.
    pause = None if options.pause == parser.get_default("pause") else options.pause
    return run_stage(lambda: open_window(options, pause), keeps=False)


def open_window(options: argparse.Namespace, pause: float | None) -> int:
    """Open the window; `pause` is the one between downloads, where the person has set one."""
    try:
        import tkinter as tk
    except ImportError:
        print(
            "This Python lacks Tk, which draws the window. Install the package python3-tk "
            "(Debian, Ubuntu), python3-tkinter (Fedora), tk (Arch) or python-tk (Homebrew).",
            file=sys.stderr,
        )
        return 1
    from lib.gui import App, Asking

    youtube = open_youtube(options)  # asks nothing
    asking = Asking(youtube.limits, youtube.network, options.limit, pause)
    try:
        app = App(model=options.model, asking=asking, data=options.data)
    except tk.TclError as error:
        print(f"The window can't be opened: {error}. Is there a screen?", file=sys.stderr)
        return 1
    app.run(options.source)
    return 0


if __name__ == "__main__":
    sys.exit(main())
