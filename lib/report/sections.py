"""What a report tells, section by section.

A section is a function from a `Material` to HTML, ``""`` where there is nothing to say; one more is
a function of that kind and a line in `SECTIONS`.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial

from matplotlib.figure import Figure

from lib.explanation import why_lines
from lib.model import measured
from lib.plots import DARK, DRAWING, LIGHT, Theme, song_plot
from lib.plots.why import why as draw_why
from lib.progress import Progress
from lib.report.html import facts, lines, link, picture, text
from lib.report.material import Material
from lib.wording import accuracy_words, clock, hedge, percent

Section = Callable[[Material, Progress], str]
"""Makes the HTML of a section.  `Progress` is called as it goes on, and may raise."""

VIEWS = {
    "waveform": "The waveform, and under it the genre over time",
    "mel_spectrogram": "Mel spectrogram: which frequencies sound when",
    "mfcc": "MFCC: the timbre in thirty numbers",
    "chromagram": "Chromagram: which of the twelve notes sound when",
    "tempogram": "Tempogram: how strongly each tempo is felt",
}
_DPI = 110


def verdict(material: Material, progress: Progress) -> str:
    """Tell which song it is, the genre, how sure that is, and when to doubt it."""
    progress("Writing the report", None)
    song = material.prediction
    sure = f"{percent(song.confidence)} confident" + ", if it is any of these" * song.outlier
    told = [f"<header><h1>{text(song.title)}</h1>"]
    if song.artist:
        told.append(f"<p>{text(song.artist)}</p>")
    told.append(
        f'</header><p class="verdict">{hedge(song.confidence, song.doubt)} '
        f"<strong>{text(song.genre)}</strong> <span>{sure}</span></p>"
    )
    if song.doubts:
        told.append(f'<p class="doubt"><b>{song.doubt}</b>: {text(song.doubts)}</p>')
    if song.also_heard:
        told.append(f'<p class="quiet">Also heard: {text(", ".join(song.also_heard))}</p>')
    return "".join(told)


def probabilities(material: Material, progress: Progress) -> str:
    """Show every genre's probability as a bar."""
    progress("Writing the report", None)
    rows = "".join(
        f'<tr><th scope="row">{text(genre)}</th>'
        f'<td><div class="bar"><i style="width:{100 * share:.1f}%"></i></div></td>'
        f"<td>{percent(share)}</td></tr>"
        for genre, share in material.prediction.probabilities.items()
    )
    return f"<section><h2>Every genre, likeliest first</h2><table>{rows}</table></section>"


def plots(material: Material, progress: Progress) -> str:
    """Show what the network heard."""
    figures = []
    for place, (name, words) in enumerate(VIEWS.items()):
        progress("Drawing the report", place / len(VIEWS))
        pictures = [_view(material, name, theme) for theme in (LIGHT, DARK)]
        figures.append(f"<figure>{picture(pictures[0], pictures[1], words)}</figure>")
    return f"<section><h2>What was heard</h2>{''.join(figures)}</section>"


def why(material: Material, progress: Progress) -> str:
    """Tell why the model says so, where somebody asked."""
    progress("Drawing the report", None)
    explanation = material.prediction.why
    if explanation is None:
        return ""
    pictures = [
        _png(partial(draw_why, material.prediction, explanation, theme)) for theme in (LIGHT, DARK)
    ]
    words = "What pulled the song towards its genre, how it sounds, and the nearest songs"
    return (
        f"<section><h2>Why</h2><figure>{picture(pictures[0], pictures[1], words)}</figure>"
        f"{lines(why_lines(explanation, material.prediction.genre))}</section>"
    )


def song(material: Material, progress: Progress) -> str:
    """Tell where the song is from, how long and how fast, and what is wrong with its sound."""
    progress("Writing the report", None)
    heard = material.prediction
    tempo = f"{heard.tempo:.0f} beats per minute" if heard.tempo > 0 else "no beat found"
    pairs = [
        ("file" if heard.video is None else "link", link(heard.source)),
        ("length", clock(heard.seconds)),
        ("tempo", tempo),
        ("heard in", f"{len(heard.windows)} stretches" if len(heard.windows) > 1 else "one piece"),
        *(("note", text(warning)) for warning in heard.warnings),
    ]
    return f"<section><h2>The song</h2>{facts(pairs)}</section>"


def model(material: Material, progress: Progress) -> str:
    """Tell which model answered, and how often it is right."""
    progress("Writing the report", None)
    used = material.model
    versions = ", ".join(f"{name} {version}" for name, version in used.versions.items())
    pairs = [
        ("name", text(used.name)),
        ("accuracy", text(accuracy_words(*measured(used.metrics)))),
        ("genres", text(", ".join(used.labels))),
        ("features", text(used.features_version)),
        ("made with", text(versions)),
    ]
    return f"<section><h2>The model</h2>{facts(pairs)}</section>"


SECTIONS: tuple[Section, ...] = (verdict, probabilities, why, plots, song, model)
"""In the order in which they are read."""


def _view(material: Material, name: str, theme: Theme) -> bytes:
    """Draw a view of the song."""
    heard = material.prediction
    return _png(partial(song_plot, name, material.overview, theme, prediction=heard))


def _png(draw: Callable[[], Figure]) -> bytes:
    """Draw a figure as a PNG."""
    with DRAWING:
        file = io.BytesIO()
        draw().savefig(file, format="png", dpi=_DPI)
    return file.getvalue()
