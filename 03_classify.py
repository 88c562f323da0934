"""Hear songs and name their genres on the console: files, folders, YouTube links, plain words."""

from __future__ import annotations

import lib  # noqa: F401 (first: from here on, Ctrl+C ends quietly what only imports)

# isort: split
import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from lib.console import (
    classify_library,
    open_corrector,
    open_reports,
    open_youtube,
    progress_bar,
    report,
    run_stage,
    wants_library,
)
from lib.console.classifying import open_model
from lib.console.classifying_options import keeps, parse
from lib.model import Model
from lib.prediction import Crew, Listener


def main(argv: Sequence[str] | None = None) -> int:
    """Run the stage; return its exit status."""
    arguments = parse(argv, description=__doc__)
    work = classify if arguments.sources else tag
    return run_stage(lambda: work(arguments), keeps=keeps(arguments))


def classify(arguments: argparse.Namespace) -> int:
    """Hear every song; one that fails doesn't stop the others."""
    folder, model = open_model(arguments.model)
    if wants_library(arguments):
        with progress_bar(quiet=arguments.quiet) as bar:
            return classify_library(arguments, folder, bar)
    return hear_each(arguments, folder, model)


def hear_each(arguments: argparse.Namespace, folder: Path, model: Model) -> int:
    """Hear song by song, and with each what is asked for beside its genre."""
    with open_youtube(arguments) as youtube, progress_bar(quiet=arguments.quiet) as bar:
        reports = open_reports(arguments.report, arguments.sources, model, bar)
        corrector = open_corrector(arguments.correct, model)
        # A process of the crew keeps to itself what a report is drawn from, and a data set kept.
        alone = arguments.workers == 1 or reports is not None or corrector is not None
        listener = Listener(
            model,
            youtube,
            crew=None if alone else Crew(folder, arguments.workers),
            quick=arguments.quick,
            why=arguments.why,
            limit=arguments.limit,
            pause=arguments.pause,
            on_window=reports.add if reports else None,
            on_given=corrector.take if corrector else None,
            progress=bar,
        )
        events = listener.hear_all(arguments.sources)
        events = reports.of(events) if reports else events
        events = corrector.of(events) if corrector else events
        tagger = None
        if arguments.write_tags:
            # Late: who writes no tags needs no mutagen.
            from lib.console.tagging import Tagger

            tagger = Tagger(arguments, bar)
            tagger.check(model.labels)
            events = tagger.listening(events)
        status = report(
            events,
            bar,
            genres=model.labels,
            as_json=arguments.json,
            sources=arguments.sources,
        )
        bar.hide()
        if reports and reports.told() and not arguments.json:
            print(reports.told(), flush=True)
        return max(status, tagger.finish()) if tagger else status


def tag(arguments: argparse.Namespace) -> int:
    """Write tags by what was heard before, or undo that."""
    from lib.console.tagging import without_hearing

    with progress_bar(quiet=arguments.quiet) as bar:
        return without_hearing(arguments, bar)


if __name__ == "__main__":
    sys.exit(main())
