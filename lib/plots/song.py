"""What a song looks like: five views of an `~lib.features.Overview`, on the same time axis."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lib.features import Overview
from lib.plots import panels
from lib.plots.canvas import NumberFormatter, blank, colour_bar, dress, head, slim
from lib.plots.errors import PlotError
from lib.plots.ribbon import draw_ribbon
from lib.plots.theme import Theme
from lib.plots.timeline import Span, time_axis
from lib.prediction import Prediction


def waveform(
    overview: Overview,
    theme: Theme,
    *,
    prediction: Prediction | None = None,
    span: Span | None = None,
    ribbon: float = 0.4,
) -> Figure:
    """Draw the least and the greatest sample of every moment, and under it the genre over time.

    Parameters
    ----------
    overview : Overview
        Of a song of any length.
    theme : Theme
    prediction : Prediction or None
        What was heard in it; None to leave the ribbon of genres out.
    span : (float, float) or None
        The stretch to show, in seconds; None for the whole song.
    ribbon : float
        How tall the ribbon is, the waveform being 1.

    Returns
    -------
    Figure
        The first axes is the waveform's; y is the sample's value, where ±1 is what a file can
        hold.  The second, where there is one, is `~lib.plots.ribbon.draw_ribbon`'s.
    """
    figure = blank(theme)
    if prediction is None:
        axes = figure.add_subplot()
    else:
        axes, below = figure.subplots(2, 1, sharex=True, height_ratios=(1, ribbon))
        draw_ribbon(dress(below, theme), prediction, theme, span=span)
        time_axis(below, overview.times, span=span)
    panels.draw_waveform(axes, overview, theme, span=span)
    dress(axes, theme, grid="y")
    axes.yaxis.set_major_formatter(NumberFormatter())
    axes.set_ylabel("amplitude (1 = full scale)" if prediction is None else "amplitude")
    head(axes, theme, "Waveform", "How far the sound swings, moment by moment: tall is loud.")
    time_axis(axes, overview.times, span=span, label=prediction is None)
    if prediction is not None:
        axes.tick_params(axis="x", labelbottom=False, length=0)
    return figure


def mel_spectrogram(overview: Overview, theme: Theme, *, span: Span | None = None) -> Figure:
    """Draw the energy in 128 mel bands over time.

    Parameters
    ----------
    overview : Overview
    theme : Theme
    span : (float, float) or None
        The stretch to show, in seconds; None for the whole song.

    Returns
    -------
    Figure
        The first axes holds the image; y is counted in mel bands and labelled in Hz.
    """
    figure, axes = _axes(theme)
    image = panels.draw_mel(axes, overview, theme, span=span)
    names = [f"{hertz // 1024}k" if hertz >= 1024 else str(hertz) for hertz in panels.HERTZ]
    axes.set_yticks([panels.band_of(hertz) for hertz in panels.HERTZ], names)
    axes.set_ylabel("frequency (Hz, mel scale)")
    colour_bar(image, axes, theme, "dB below the loudest", ticks=(-80, -60, -40, -20, 0))
    subtitle = "Which frequencies sound when: bass at the bottom, treble on top; bright is loud."
    head(axes, theme, "Mel spectrogram", subtitle)
    return _timed(figure, axes, overview, span)


def mfcc(overview: Overview, theme: Theme, *, span: Span | None = None) -> Figure:
    """Draw the 30 MFCCs over time, each against its own mean and standard deviation.

    Parameters
    ----------
    overview : Overview
    theme : Theme
    span : (float, float) or None
        The stretch to show, in seconds; None for the whole song.

    Returns
    -------
    Figure
        The first axes holds the image; y is the coefficient's number, from 1.
    """
    figure, axes = _axes(theme)
    image = panels.draw_mfcc(axes, overview, theme, span=span)
    last = overview.mfcc.shape[0]
    ticks = [1, *range(5, last + 1, 5)]
    axes.set_yticks(ticks, ["1 (loudness)", *(str(tick) for tick in ticks[1:])])
    axes.set_ylabel("coefficient")
    colour_bar(
        image, axes, theme, "standard deviations", ticks=(-2, 0, 2), names=("−2", "mean", "+2")
    )
    subtitle = "Timbre in 30 numbers, from coarse to fine: when is each above or below its usual?"
    head(axes, theme, "MFCC", subtitle)
    return _timed(figure, axes, overview, span)


def chromagram(overview: Overview, theme: Theme, *, span: Span | None = None) -> Figure:
    """Draw the strength of the twelve pitch classes over time.

    Parameters
    ----------
    overview : Overview
    theme : Theme
    span : (float, float) or None
        The stretch to show, in seconds; None for the whole song.

    Returns
    -------
    Figure
        The first axes holds the image; y is the pitch class, 0 for C.
    """
    figure, axes = _axes(theme)
    image = panels.draw_chroma(axes, overview, theme, span=span)
    axes.set_yticks(range(12), panels.PITCH_NAMES)
    axes.set_ylabel("pitch class")
    colour_bar(image, axes, theme, "share of the strongest", ticks=(0, 0.5, 1))
    subtitle = "Which of the twelve notes sound when, whatever the octave: the harmony."
    head(axes, theme, "Chromagram", subtitle)
    return _timed(figure, axes, overview, span)


def tempogram(overview: Overview, theme: Theme, *, span: Span | None = None) -> Figure:
    """Draw how strongly each tempo is felt over time, with the song's tempo as a dashed line.

    Parameters
    ----------
    overview : Overview
    theme : Theme
    span : (float, float) or None
        The stretch to show, in seconds; None for the whole song.

    Returns
    -------
    Figure
        The first axes holds the image; y is log2 of beats per minute and labelled in BPM.  Where
        no tempo was found (silence) there is no line.
    """
    figure, axes = _axes(theme)
    image = panels.draw_tempogram(axes, overview, theme, span=span)
    axes.set_yticks(np.log2(panels.BPM), [str(bpm) for bpm in panels.BPM])
    axes.set_ylabel("tempo (BPM, log scale)")
    if panels.has_beat(overview):
        panels.mark_tempo(axes, overview.tempo)
    colour_bar(image, axes, theme, "likeness to itself a beat later", ticks=(0, 0.5, 1))
    subtitle = (
        "How well the sound fits itself one beat later: a level bright band is a steady beat."
    )
    head(axes, theme, "Tempogram", subtitle)
    return _timed(figure, axes, overview, span)


def song_plot(
    name: str,
    overview: Overview,
    theme: Theme,
    *,
    prediction: Prediction | None = None,
    span: Span | None = None,
    low: bool = False,
) -> Figure:
    """Draw a view by its name, as tabs and reports ask for it.

    Parameters
    ----------
    name : str
        One of this module's functions: ``"waveform"``, ``"mel_spectrogram"`` …
    overview : Overview
    theme : Theme
    prediction : Prediction or None
        For the ribbon of genres under the waveform.
    span : (float, float) or None
        The stretch to show, in seconds; None for the whole song.
    low : bool
        Whether the picture will be too low for the axes' names.

    Raises
    ------
    PlotError
        If there is no such view.
    """
    views = {view.__name__: view for view in (mel_spectrogram, mfcc, chromagram, tempogram)}
    if name == "waveform":
        ribbon = 1.0 if low else 0.4
        figure = waveform(overview, theme, prediction=prediction, span=span, ribbon=ribbon)
    elif name in views:
        figure = views[name](overview, theme, span=span)
    else:
        known = ", ".join(["waveform", *views])
        raise PlotError(f"“{name}” is no view of a song. There are {known}.")
    return slim(figure) if low else figure


def _axes(theme: Theme) -> tuple[Figure, Axes]:
    figure = blank(theme)
    return figure, dress(figure.add_subplot(), theme)


def _timed(figure: Figure, axes: Axes, overview: Overview, span: Span | None) -> Figure:
    time_axis(axes, overview.times, span=span)
    return figure
