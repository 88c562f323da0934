"""How time and memory grow with many songs, with long ones, with processes: ``make growth``.

Writes ``docs/scale.png`` and, beside it, ``docs/scale.json`` with the figures that
``docs/scale.md`` reckons from.  Songs are synthesised; every measurement is of whole programs, as a
person starts them.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from lib.files import write_text
from lib.model import MODELS_FOLDER
from lib.plots import LIGHT, save
from lib.plots.canvas import blank, dress, head
from tests.sound import another, music, write_song

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
COUNTS = (10, 100, 1_000, 10_000)
SHORT_SECONDS = 3.5
MINUTES = (0.5, 4, 30, 180)
CLIPS, CLIP_SECONDS = 1_000, 30.0
ANSWER = ("mlp85", "ear")  # models, of which the second hears by the backbone
DIFFERENT = 20  # songs that are synthesised; the others are links to them

TITLES = ("Many short songs", "One long song")
MEASURES = {"cpu": "CPU, s", "peak": "memory, MB"}

# A small process starts the one that is measured: the system counts to a process' memory what its
# parent held when it was born.
LAUNCH = """
import os, subprocess, sys, time
begin = time.monotonic()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
seconds = time.monotonic() - begin
print(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
sys.exit(os.waitstatus_to_exitcode(status))
"""

Point = dict[str, Any]


def main(argv: list[str] | None = None) -> int:
    """Measure, write the figures, draw them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", type=int, nargs="*", default=COUNTS)
    parser.add_argument("--minutes", type=float, nargs="*", default=MINUTES)
    parser.add_argument("--clips", type=int, default=CLIPS)
    parser.add_argument("--docs", type=Path, default=DOCS)
    parser.add_argument("--draw", action="store_true", help="only draw what was measured")
    arguments = parser.parse_args(argv)
    told = arguments.docs / "scale.json"
    if not arguments.draw:
        with tempfile.TemporaryDirectory() as folder:
            found = {
                "songs": many_songs(Path(folder), arguments.counts),
                "minutes": long_songs(Path(folder), arguments.minutes),
                "workers": processes(Path(folder), arguments.clips),
            }
        write_text(told, json.dumps(found, indent=2) + "\n")
    draw(json.loads(told.read_text()), arguments.docs / "scale.png")
    return 0


def many_songs(folder: Path, counts: Sequence[int]) -> list[Point]:
    """Prepare data sets of short songs."""
    kept = recordings(folder / "short", SHORT_SECONDS)
    points = []
    for count in counts:
        songs = linked(folder / f"{count}", kept, count)
        point = prepare(songs, "--data", folder / "data")
        points.append({"songs": count, **point})
        print(points[-1], flush=True)
    return points


def long_songs(folder: Path, minutes: Sequence[float]) -> list[Point]:
    """Classify mp3 files of many lengths by each of `ANSWER`, whole and by their middle."""
    half_minute = write_song(folder / "half.mp3", np.stack([music(30.0, rate=44_100)] * 2))
    points = []
    for length in minutes:
        song = folder / f"{length:g}.mp3"
        song.write_bytes(half_minute.read_bytes() * round(length * 2))
        for model in ANSWER:
            command = ("03_classify.py", "--json", "--model", MODELS_FOLDER / model, song)
            whole, quick = run(*command), run(*command, "--quick")
            points.append(
                {"model": model, "minutes": length, **whole}
                | {f"quick_{name}": value for name, value in quick.items()}
            )
            print(points[-1], flush=True)
    return points


def processes(folder: Path, clips: int) -> list[Point]:
    """Prepare a data set of clips by one process, by two, and by two workers of Dask."""
    songs = linked(folder / "clips", recordings(folder / "long", CLIP_SECONDS), clips)
    points = []
    with scheduler(folder) as address:
        for name, options in {
            "1": ["--workers", "1"],
            "2": ["--workers", "2"],
            "2, Dask": ["--scheduler", address],
        }.items():
            data = folder / f"data {name}"
            point = prepare(songs, "--data", data, *options)
            points.append({"workers": name, "clips": clips, **point})
            print(points[-1], flush=True)
    return points


def recordings(folder: Path, seconds: float) -> list[Path]:
    """Write songs that differ, as wav."""
    return [
        write_song(folder / f"{i}.wav", another(i, seconds), rate=22_050) for i in range(DIFFERENT)
    ]


def linked(folder: Path, kept: Sequence[Path], count: int) -> Path:
    """Make a folder of two genres with as many songs as are wanted."""
    for i in range(count):
        path = folder / ("blues", "jazz")[i % 2] / f"{i:05}.wav"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.hardlink_to(kept[i % len(kept)])
    return folder


def prepare(songs: Path, *options: object) -> Point:
    """Prepare a data set of features alone."""
    return run("00_preprocess.py", songs, "--no-plots", "--no-backbone", *options)


def run(*command: object) -> Point:
    """Run a stage; return its wall and CPU time, s, and its largest process, MB."""
    done = subprocess.run(
        [sys.executable, "-c", LAUNCH, sys.executable, *map(str, command)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    seconds, cpu, peak = map(float, done.stdout.split())
    return {"seconds": round(seconds, 3), "cpu": round(cpu, 3), "peak": round(peak, 1)}


@contextmanager
def scheduler(folder: Path) -> Iterator[str]:
    """Start a scheduler of Dask and two workers of one thread; give its address."""
    told = folder / "scheduler.json"
    part = [sys.executable, "-m", "distributed.cli.dask_{}", "--no-dashboard"]
    started = []

    def start(name: str, *options: object) -> None:
        command = [text.format(name) for text in part] + [str(option) for option in options]
        quiet = subprocess.DEVNULL
        started.append(subprocess.Popen(command, cwd=ROOT, stdout=quiet, stderr=quiet))

    try:
        start("scheduler", "--host", "127.0.0.1", "--port", 0, "--scheduler-file", told)
        while not (told.is_file() and told.stat().st_size):
            time.sleep(0.1)
        address = str(json.loads(told.read_text())["address"])
        for _ in range(2):
            start("worker", address, "--nthreads", 1, "--local-directory", folder)
        yield address
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait()


def lines(axes: Axes, points: Sequence[Point], key: str, measure: str) -> None:
    """Draw one measure of all points, by each model, and of quick answers where there are any."""
    models = dict.fromkeys(point.get("model") for point in points)
    for model, colour in zip(models, LIGHT.series, strict=False):
        own = [point for point in points if point.get("model") == model]
        for name, part in {measure: "all of it", f"quick_{measure}": "--quick"}.items():
            if name in own[0]:
                x, y = [point[key] for point in own], [point[name] for point in own]
                style = "-" if name == measure else ":"
                axes.plot(x, y, style, marker="o", color=colour, label=f"{model}, {part}")
                # Quick answers take as long for any song: their last point says enough.
                told = slice(None) if name == measure else slice(-1, None)
                label(axes, x[told], y[told], colour, above=name == measure)
    x = sorted({point[key] for point in points})
    axes.set_xscale("log")
    axes.set_xticks(x, [f"{value:,g}" for value in x])
    axes.margins(x=0.1, y=0.25)
    if measure == "cpu":
        axes.set_yscale("log")
        axes.yaxis.set_major_formatter("{x:,g}")
    else:
        axes.set_ylim(0, 1.25 * max(line.get_ydata().max() for line in axes.lines))
    axes.minorticks_off()


def label(axes: Axes, x: Sequence[float], y: Sequence[float], colour: str, *, above: bool) -> None:
    """Write the values of a line beside its points."""
    for place, value in zip(x, y, strict=True):
        text = f"{value:.2g}" if value < 10 else f"{value:,.0f}"
        axes.annotate(
            text, (place, value), xytext=(0, 7 if above else -14),
            textcoords="offset points", ha="center", fontsize=8, color=colour,
        )  # fmt: skip


def draw(found: dict[str, list[Point]], path: Path) -> None:
    """Draw time and memory over songs and over minutes, on logarithmic axes."""
    figure = blank(LIGHT, size=(10.0, 6.4))
    axes = figure.subplots(2, 2, sharex="col")
    for column, key, title in zip(axes.T, ("songs", "minutes"), TITLES, strict=True):
        for measure, one in zip(MEASURES, column, strict=True):
            dress(one, LIGHT, grid="y")
            lines(one, found[key], key, measure)
            one.set_ylabel(MEASURES[measure], color=LIGHT.text)
        head(column[0], LIGHT, title, "CPU of all processes together, memory of the largest one")
        column[1].set_xlabel(key, color=LIGHT.text)
    axes[0, 1].legend(frameon=False, fontsize=9, labelcolor=LIGHT.text)
    save(figure, path)


if __name__ == "__main__":
    sys.exit(main())
