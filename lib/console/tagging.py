"""Writing genre tags from the console, and undoing that."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from lib.console.bar import Bar
from lib.console.table import fit
from lib.errors import CallError
from lib.library import following, usual_file
from lib.places import data_folder
from lib.prediction import Event, Outcome, Prediction
from lib.tagging import (
    Answer,
    Change,
    TaggingError,
    check_names,
    genre_line,
    open_journal,
    past_runs,
    plan,
    restored,
    summary,
    undo,
    write,
)
from lib.wording import clean

GENRE = 22
NONE = "–"
_NO_ANSWERS = "this is no output of 03_classify.py --json, which --heard takes."


class Tagger:
    """Writes, or shows, the genres of what was heard.

    Parameters
    ----------
    arguments : argparse.Namespace
        That `~lib.console.tagging_options.check_tagging_options` has settled.
    bar : Bar
        Hidden for every line.
    """

    def __init__(self, arguments: argparse.Namespace, bar: Bar) -> None:
        self._arguments = arguments
        self._bar = bar
        self._answers: list[Answer] = []

    def check(self, genres: Collection[str]) -> None:
        """See before anything is heard that the person's names are of the model's genres.

        Raises
        ------
        CallError
            Where one is not.
        """
        try:
            check_names(self._arguments.rules, genres)
        except TaggingError as error:
            raise CallError(str(error)) from error

    def listening(self, events: Iterable[Event]) -> Iterator[Event]:
        """Pass on what a listener tells, and keep what was heard in files."""
        for event in events:
            if isinstance(event, Outcome) and isinstance(event.result, Prediction):
                heard = event.result
                if heard.video is None:
                    self._answers.append(
                        Answer(
                            Path(heard.source),
                            heard.genre,
                            heard.confidence,
                            heard.probabilities,
                            heard.unsure,
                            heard.outlier,
                        )
                    )
            yield event

    def finish(self) -> int:
        """Show the genres before and after, and write them if asked; return the exit status."""
        arguments = self._arguments
        # Late: it is slow to import, and who undoes or lists runs needs nothing of it.
        from lib.collecting import corrections, said_of

        said = said_of(data_folder() / corrections.NAME)
        changes = plan(self._answers, arguments.rules, said=said, progress=self._bar)
        if not arguments.apply:
            for change in changes:
                self._tell(change)
            return self._sum_up(changes, None)
        told: list[Change] = []

        def tell(change: Change) -> None:
            follow(change)
            told.append(change)
            self._tell(change)

        with (
            following(self._arguments.library or usual_file()) as follow,
            open_journal() as journal,
        ):
            run = write(changes, journal, tell=tell, progress=self._bar)
        return self._sum_up(told, run)

    def read(self, file: Path) -> None:
        """Take the answers from a file that ``--json`` has printed.

        Raises
        ------
        CallError
            Where it can't be read, or holds something else.
        """
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError as error:
            raise CallError(f"{file}: there is no such file; --json prints one.") from error
        except OSError as error:
            raise CallError(f"{file}: it can't be read ({error.strerror or error}).") from error
        except UnicodeDecodeError as error:
            raise CallError(f"{file}: {_NO_ANSWERS}") from error
        answers: dict[Path, Answer] = {}
        for number, line in enumerate(lines, start=1):
            try:
                _take(json.loads(line), answers)
            except (ValueError, TypeError, AttributeError, TaggingError) as error:
                raise CallError(f"{file}, line {number}: {_NO_ANSWERS}") from error
        self._answers += answers.values()
        if self._answers:
            self.check({genre for answer in self._answers for genre in answer.probabilities})

    def _tell(self, change: Change) -> None:
        self._bar.hide()
        if self._arguments.json:
            print(json.dumps(_plain(change), ensure_ascii=False), flush=True)
        elif change.trouble:
            complain(change)
        else:
            print(change_line(change), flush=True)

    def _sum_up(self, changes: Sequence[Change], run: int | None) -> int:
        failed = any(change.trouble for change in changes)
        if not self._arguments.json:
            self._bar.hide()
            for line in summary_lines(changes, run, applied=self._arguments.apply):
                print(line)
        return int(failed)


def _take(told: dict[str, Any], answers: dict[Path, Answer]) -> None:
    """Take what a line says of a file, in place of what earlier ones said."""
    if "error" in told:  # where a folder was watched, it may have gone since
        answers.pop(Path(str(told.get("source", ""))), None)
    elif "video" not in told and "file" not in told:
        answer = Answer.from_dict(told)
        answers[answer.path] = answer


def change_line(change: Change) -> str:
    """Tell what becomes of a file's genre on one line.

    Examples
    --------
    >>> change_line(Change(Path("a.mp3"), ("Polka",), ("rock", "pop")))
    'Polka                  → rock; pop              a.mp3'
    >>> change_line(Change(Path("b.mp3"), stays="unsure"))
    '–                      stays: unsure            b.mp3'
    """
    before = fit(genre_line(change.before) or NONE, GENRE)
    after = f"→ {genre_line(change.after)}" if change.after else f"stays: {change.stays}"
    note = f"  ({change.note})" if change.after and change.note else ""
    return f"{before} {fit(after, GENRE + 2)} {clean(str(change.path))}{note}"


def summary_lines(changes: Sequence[Change], run: int | None, *, applied: bool) -> Iterator[str]:
    """Tell what became of all files, and what to do next."""
    written = any(change.written for change in changes)
    yield f"\n{summary(changes, applied=applied)}"
    if applied and written:
        yield f"Undo it: python 03_classify.py --undo {run}"
    elif not applied and any(change.due for change in changes):
        yield "Nothing is written yet: the same call with --apply writes it."


def undo_tags(arguments: argparse.Namespace, bar: Bar) -> int:
    """Undo a run; return the exit status: 1 where a file is not as it was before."""
    told: list[Change] = []

    def tell(change: Change) -> None:
        follow(change)
        told.append(change)
        bar.hide()
        if arguments.json:
            print(json.dumps(_plain(change, "restored"), ensure_ascii=False), flush=True)
        elif change.trouble:
            complain(change)

    with following(arguments.library or usual_file()) as follow, open_journal() as journal:
        run = undo(journal, arguments.undo or None, tell=tell, progress=bar)
    if not arguments.json:
        bar.hide()
        print(restored(run, told))
    return int(any(change.trouble for change in told))


def list_runs(arguments: argparse.Namespace) -> int:
    """Print the runs that wrote tags, the last one first; return the exit status."""
    runs = past_runs()
    if arguments.json:
        for run in runs:
            print(json.dumps(vars(run)))
    elif not runs:
        print("No tags were written yet.")
    else:
        print(f"{'run':>5}  {'began':<25}  {'files':>6}  {'undone':>6}")
        for run in runs:
            print(f"{run.number:>5}  {run.started:<25}  {run.changed:>6}  {run.undone:>6}")
    return 0


def without_hearing(arguments: argparse.Namespace, bar: Bar) -> int:
    """Do what needs no song to be heard; return the exit status."""
    if arguments.tag_runs:
        return list_runs(arguments)
    if arguments.undo is not None:
        return undo_tags(arguments, bar)
    tagger = Tagger(arguments, bar)
    tagger.read(arguments.heard)
    return tagger.finish()


def complain(change: Change) -> None:
    """Say on standard error why a file is left."""
    print(f"Earmark: {clean(str(change.path))}: {change.trouble}", file=sys.stderr, flush=True)


def _plain(change: Change, done: str = "written") -> dict[str, Any]:
    """Return a change as plain values, for JSON."""
    told: dict[str, Any] = {"file": str(change.path), done: change.written}
    if done == "written":
        told |= {"before": list(change.before), "after": list(change.after)}
    for name, value in (("stays", change.stays), ("note", change.note), ("error", change.trouble)):
        if value:
            told[name] = value
    return told
