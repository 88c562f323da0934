"""Pictures of songs and of what was heard in them: a value of the domain in, a `Figure` out.

What the window needs stands here.  The pictures of data sets, of training and of networks are in
`lib.plots.dataset`, `lib.plots.training` and `lib.plots.network`: the window knows none of the
three (an import contract holds it to that), and pandas need not load before it opens.
"""

from lib.plots.errors import PlotError
from lib.plots.save import save
from lib.plots.song import chromagram, mel_spectrogram, mfcc, tempogram, waveform
from lib.plots.theme import DARK, LIGHT, Theme
from lib.plots.verdict import probabilities

__all__ = [
    "DARK",
    "LIGHT",
    "PlotError",
    "Theme",
    "chromagram",
    "mel_spectrogram",
    "mfcc",
    "probabilities",
    "save",
    "tempogram",
    "waveform",
]
