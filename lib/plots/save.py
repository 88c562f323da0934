"""Pictures as files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from lib.files import replacing
from lib.plots.errors import PlotError

# A date would make two files of the same picture differ.
_METADATA: dict[str, dict[str, Any]] = {
    ".png": {},
    ".svg": {"Date": None},
    ".pdf": {"CreationDate": None},
}


def save(figure: Figure, path: Path, *, dpi: int = 150) -> Path:
    """Write a figure to a file, whole or not at all, in the format that its suffix names.

    Parameters
    ----------
    figure : Figure
    path : Path
        Ends in .png, .svg or .pdf.  Its folder is made where it is missing.
    dpi : int
        Dots per inch of a PNG, and of the images in the others.

    Returns
    -------
    Path
        The same path.

    Raises
    ------
    PlotError
        If no picture can be written under such a name, or not there.
    """
    suffix = path.suffix.lower()
    if suffix not in _METADATA:
        raise PlotError(
            f"{path}: a picture is saved as {', '.join(_METADATA)}, not as "
            f"{path.suffix or 'a file without suffix'}. Choose one of these."
        )
    try:
        with replacing(path) as temporary:
            figure.savefig(temporary, format=suffix[1:], dpi=dpi, metadata=_METADATA[suffix])
    except OSError as error:
        raise PlotError(
            f"{path}: the picture can't be written ({error.strerror or error}). Choose another "
            f"folder, or make room."
        ) from error
    return path
