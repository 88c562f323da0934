"""Pictures of songs and of what was heard in them: a value of the domain in, a `Figure` out.

What the window shows of songs stands here.  The pictures of data sets, of training and of networks
are in `lib.plots.dataset`, `lib.plots.training` and `lib.plots.network`, so that pandas need not
load before the window opens.
"""

from lib.plots.alone import DRAWING
from lib.plots.errors import PlotError
from lib.plots.save import save
from lib.plots.song import chromagram, mel_spectrogram, mfcc, song_plot, tempogram, waveform
from lib.plots.theme import DARK, LIGHT, Theme
from lib.plots.verdict import probabilities

__all__ = [
    "DARK",
    "DRAWING",
    "LIGHT",
    "PlotError",
    "Theme",
    "chromagram",
    "mel_spectrogram",
    "mfcc",
    "probabilities",
    "save",
    "song_plot",
    "tempogram",
    "waveform",
]
