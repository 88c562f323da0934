"""Measure Earmark's features beside librosa's and whoever else is installed: ``make bench``."""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
from pathlib import Path

from lib.files import write_text
from tests.bench.contenders import ORACLE
from tests.bench.figures import figures, from_json, got_worse, table, to_json
from tests.bench.measure import make_clips, measure, read_clips

KEPT = Path(__file__).with_name("kept.json")


def main(argv: list[str] | None = None) -> int:
    """Measure, print, compare; 1 where something got worse by more than noise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("songs", nargs="*", type=Path, help="to take clips from (default: made)")
    parser.add_argument("--clips", type=int, default=12, help="to make (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="through all of them")
    parser.add_argument("--python", action="append", default=[], help="another that has peers")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    parser.add_argument("--keep", action="store_true", help=f"write them to {KEPT.name}, too")
    arguments = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        songs = arguments.songs
        clips = read_clips(place, songs) if songs else make_clips(place, arguments.clips)
        pythons = [sys.executable, *arguments.python]
        measured = measure(clips, rounds=arguments.rounds, pythons=pythons)
    if ORACLE not in measured:
        print("librosa is not installed; `make dev` does it.", file=sys.stderr)
        return 1
    found = figures(measured)
    print(table(found))
    worse = (
        got_worse(found, from_json(json.loads(KEPT.read_text())["figures"]))
        if KEPT.exists()
        else []
    )
    told = {
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "clips": len(clips) * arguments.rounds,
        "figures": to_json(found),
        "worse": worse,
    }
    for path in filter(None, (arguments.json, KEPT if arguments.keep else None)):
        write_text(path, json.dumps(told, indent=2, ensure_ascii=False) + "\n")
    for sentence in worse:
        print(f"worse than kept: {sentence}")
    return int(bool(worse) and not arguments.keep)


if __name__ == "__main__":
    sys.exit(main())
