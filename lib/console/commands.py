"""The commands that there are: `python -m lib`."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from lib.console.parser import StageParser

ROOT = Path(__file__).resolve().parents[2]

EXAMPLES = {
    "00_preprocess.py": (
        "python 00_preprocess.py ~/Music/by-genre",
        "python 00_preprocess.py --download gtzan",
    ),
    "01_hyperparam.py": (
        "python 01_hyperparam.py data/gtzan --compare",
        "python 01_hyperparam.py data/gtzan --trials 200 --jobs 4",
    ),
    "02_train.py": (
        "python 02_train.py data/gtzan --network ear",
        "python 02_train.py --evaluate outputs/models/mlp85 --data data/mine --json",
    ),
    "03_classify.py": (
        "python 03_classify.py song.mp3 ~/Music/album",
        'python 03_classify.py "https://youtu.be/dQw4w9WgXcQ"',
        "python 03_classify.py ~/Music --write-tags",
        "python 03_classify.py --undo",
    ),
    "04_interface.py": ('python 04_interface.py "My song.mp3"',),
}
"""A few of each stage's own examples, which its ``--help`` tells all of."""


def main(argv: Sequence[str] | None = None) -> int:
    """List the commands; return the exit status."""
    parser = StageParser(
        prog="python -m lib", description="List Earmark's commands, with examples of each."
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line and command")
    arguments = parser.parse_args(argv)
    for name, examples in EXAMPLES.items():
        if arguments.json:
            told = {"command": name, "does": purpose(name), "examples": examples}
            print(json.dumps(told, ensure_ascii=False))
        else:
            print("\n".join(_lines(name, examples)))
    if not arguments.json:
        print("Each tells more with --help.")
    return 0


def purpose(stage: str) -> str:
    """Return what a stage does: the first sentence of its own documentation.

    The stage is read, not run: most load for a while.
    """
    told = ast.get_docstring(ast.parse((ROOT / stage).read_text(encoding="utf-8"))) or ""
    return " ".join(told.split("\n\n")[0].split())


def _lines(name: str, examples: Sequence[str]) -> Iterator[str]:
    yield f"{name}  {purpose(name)}"
    yield from (f"    {example}" for example in examples)
    yield ""
