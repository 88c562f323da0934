"""How quickly a library is heard, and how promptly the window answers meanwhile: ``make library``.

Writes ``docs/library.json``.  Songs are synthesised; the console is started as a person starts it,
and the window is the real one, at whose page Library somebody types, scrolls, sorts and turns pages
for as long as it hears.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import cycle
from multiprocessing import get_context
from pathlib import Path
from threading import Event, Thread
from typing import Any, Self

import numpy as np
import psutil

from lib.files import write_text
from lib.gui import App
from lib.gui.library.state import Pace
from lib.gui.state import Page
from lib.model import MODELS_FOLDER
from lib.playback import Player
from tests.bench.growth import DOCS, ROOT
from tests.gui.conftest import virtual_screen
from tests.gui.hands import Hands
from tests.sound import CODECS, another, write_song

# model, seconds of a song, songs: each run takes half a minute or more
RUNS = (("mlp85", 30, 240), ("mlp85", 240, 40), ("ear", 30, 100), ("ear", 240, 14))
WORKERS = (1, 2)
DIFFERENT = 10  # songs that are synthesised; the others are links to them
WINDOW_SONGS = 2_000
BEAT = 0.005  # seconds between two looks at the clock from within the window's loop
ACTION = 150  # milliseconds between two things that the person does

Point = dict[str, Any]


def main(argv: list[str] | None = None) -> int:
    """Measure and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", type=float, default=1.0, help="of the songs (default: all)")
    parser.add_argument("--json", type=Path, default=DOCS / "library.json")
    arguments = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        found = {
            "console": [
                console(place, model, seconds, max(1, round(songs * arguments.part)), workers)
                for model, seconds, songs in RUNS
                for workers in WORKERS
            ],
            "window": window(place, round(WINDOW_SONGS * arguments.part)),
        }
    write_text(arguments.json, json.dumps(found, indent=2) + "\n")
    return 0


def console(place: Path, model: str, seconds: int, count: int, workers: int) -> Point:
    """Hear a folder of mp3s by the console; return songs a minute and memory, MB."""
    folder = place / f"{seconds} s, {count}"
    if not folder.exists():
        kept = recordings(place / f"{seconds}", 30, suffixes=(".mp3",))
        for song in kept:  # frames of mp3 follow one another as they come
            song.write_bytes(song.read_bytes() * round(seconds / 30))
        linked(folder, kept, count)
    store = place / f"{model} {seconds} {workers}.sqlite"
    command = [
        sys.executable, "03_classify.py", folder, "--keep", "--library", store, "--quiet",
        "--model", MODELS_FOLDER / model, "--workers", workers,
    ]  # fmt: skip
    begin = time.monotonic()
    process = subprocess.Popen([*map(str, command)], cwd=ROOT, stdout=subprocess.DEVNULL)
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, memory(process.pid))
        time.sleep(0.25)
    wall = time.monotonic() - begin
    if process.returncode:
        raise SystemExit(f"{command} ended by {process.returncode}")
    point = {
        "model": model, "seconds": seconds, "songs": count, "workers": workers,
        "wall": round(wall, 2), "songs_a_minute": round(count / wall * 60, 1),
        "memory": round(peak),
    }  # fmt: skip
    print(point, flush=True)
    return point


def memory(pid: int) -> float:
    """Return what a process and its children hold together, MB; shared pages count once."""
    total = 0
    try:
        root = psutil.Process(pid)
        for process in (root, *root.children(recursive=True)):
            total += process.memory_full_info().pss
    except psutil.Error:  # one ended meanwhile
        return 0.0
    return total / 2**20


def recordings(folder: Path, seconds: float, *, suffixes: Sequence[str]) -> list[Path]:
    """Write songs that differ, in stereo, in these formats in turn."""
    made = []
    for i, suffix in zip(range(max(DIFFERENT, len(suffixes))), cycle(suffixes), strict=False):
        song = another(i, seconds, rate=CODECS[suffix][1])
        made.append(write_song(folder / f"{i}{suffix}", np.stack([song] * 2)))
    return made


def linked(folder: Path, kept: Sequence[Path], count: int) -> Path:
    """Make a folder with as many songs as are wanted."""
    folder.mkdir()
    for i, song in zip(range(count), cycle(kept), strict=False):
        (folder / f"{i:05}{song.suffix}").hardlink_to(song)
    return folder


def window(place: Path, count: int) -> Point:
    """Hear short songs of all formats in the window; return how late its loop was, ms.

    In a process of its own: Xlib ends the one whose screen is taken away, even long afterwards.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        point = pool.submit(_window, place, count).result()
    print(point, flush=True)
    return point


def _window(place: Path, count: int) -> Point:
    folder = linked(place / "all", recordings(place / "short", 3.5, suffixes=[*CODECS]), count)
    os.environ["EARMARK_HOME"] = str(place / "home")
    with virtual_screen("1280x1000x24", 96) as display:
        os.environ["DISPLAY"] = display
        app = App(model=MODELS_FOLDER / "mlp85", data=place / "data", player=Player(mute=True))
        try:
            return _watched(app, folder)
        finally:
            app.close()


def _watched(app: App, folder: Path) -> Point:
    """Hear a folder in a window that somebody uses meanwhile, and watch its loop."""
    hands = Hands(app, [])
    app.open()
    hands.until(lambda: app.store.state.model is not None)
    app.turn(Page.LIBRARY)
    app.library.session.choose(folder)
    hands.until(lambda: app.library.store.state.pace is Pace.IDLE)
    hands.breathe(2)
    lags: list[tuple[float, float]] = []  # wall and own CPU, s

    def beat(before: float, worked: float) -> None:
        now, work = time.monotonic(), time.thread_time()
        lags.append((now - before - BEAT, work - worked))
        app.root.after(round(BEAT * 1000), beat, time.monotonic(), time.thread_time())

    steps = cycle(actions(app))

    def act() -> None:
        next(steps)()
        app.root.after(ACTION, act)

    with Canary() as canary:
        app.library.session.start()
        begin = time.monotonic()
        beat(begin, time.thread_time())
        act()
        while app.library.store.state.pace is not Pace.IDLE:
            app.root.dooneevent()
        wall = time.monotonic() - begin
    late = np.array([lag for lag, _ in lags]) * 1000
    return {
        "songs": len(app.library.store.state.lines),
        "wall": round(wall, 1),
        "beats": len(lags),
        "median_ms": round(float(np.median(late)), 1),
        "p99_ms": round(float(np.percentile(late, 99)), 1),
        "worst_ms": [round(lag * 1000) for lag, _ in sorted(lags, reverse=True)[:5]],
        "their_cpu_ms": [round(work * 1000) for _, work in sorted(lags, reverse=True)[:5]],
        "above_100_ms": int((late > 100).sum()),
        "machine_worst_ms": round(canary.worst * 1000),
    }


def actions(app: App) -> list[Callable[[], object]]:
    """Return what a person does at the page, again and again."""
    page = app.library.page
    assert page is not None
    songs = page.songs
    tree = songs.table.tree

    def click(x: int, y: int) -> None:
        for event in ("<Motion>", "<ButtonPress-1>", "<ButtonRelease-1>"):
            tree.event_generate(event, x=x, y=y)

    return [
        lambda: songs.words.set("1"),
        lambda: songs.words.set("12"),
        lambda: songs.words.set(""),
        lambda: tree.yview_scroll(3, "pages"),
        partial(click, 40, 12),  # a heading, which sorts
        partial(click, 40, 60),  # a song
        lambda: page.turn(1),
        lambda: page.turn(1),
        lambda: app.turn(Page.LISTEN),
        lambda: app.turn(Page.LIBRARY),
        app.controller.toggle_theme,
    ]


class Canary:
    """A process of its own that tells how late the machine itself wakes somebody up."""

    def __init__(self) -> None:
        self.worst = 0.0
        self._end = Event()

    def __enter__(self) -> Self:
        code = (
            "import sys, time\nworst = 0.0\nbefore = time.monotonic()\n"
            "while True:\n    time.sleep(0.005)\n    now = time.monotonic()\n"
            "    if now - before - 0.005 > worst:\n        worst = now - before - 0.005\n"
            "        print(worst, flush=True)\n    before = now\n"
        )
        self._process = subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True
        )
        self._thread = Thread(target=self._read, daemon=True)
        self._thread.start()
        return self

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.worst = float(line)

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self._thread.join()
        assert self._process.stdout is not None
        self._process.stdout.close()


if __name__ == "__main__":
    sys.exit(main())
