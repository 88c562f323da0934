"""A report is made, and written whole or not at all."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from pathlib import Path

import numpy as np

import lib
from lib.files import write_text
from lib.prediction import Prediction
from lib.progress import Progress, silent
from lib.report.errors import ReportError
from lib.report.html import text
from lib.report.material import Material
from lib.report.page import page
from lib.report.sections import SECTIONS, Section
from lib.wording import file_name

SUFFIXES = (".html", ".htm")


def write_report(
    path: Path,
    material: Material,
    *,
    sections: Sequence[Section] = SECTIONS,
    progress: Progress = silent,
) -> Path:
    """Write a song's report as one HTML file that needs nothing else.

    Parameters
    ----------
    path : Path
        Ends in .html or .htm.  Its folder is made where it is missing.
    material : Material
        What it tells of.
    sections : sequence of Section
        What it tells, in this order.
    progress : Progress
        Called before each picture; may raise `~lib.errors.Cancelled`, and nothing is written.

    Returns
    -------
    Path
        The same path.

    Raises
    ------
    ReportError
        If it can't be written under such a name, or not there.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise ReportError(f"{path}: a report is a page; let its name end in .html.")
    foot = (
        f"Made by Earmark {lib.__version__} (Python {platform.python_version()}, "
        f"numpy {np.__version__}), model {text(material.prediction.model)}."
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)  # or all the drawing would be for nothing
        made = [section(material, progress) for section in sections]
        write_text(path, page(material.prediction.title, made, foot))
    except OSError as error:
        raise ReportError(
            f"{path}: the report can't be written ({error.strerror or error}). Choose another "
            f"folder, or make room."
        ) from error
    return path


def report_name(prediction: Prediction) -> str:
    """Return what a song's report is called: artist and title, ending in .html."""
    by = f"{prediction.artist} - " if prediction.artist else ""
    return f"{file_name(by + prediction.title)}.html"
