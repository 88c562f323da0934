"""The few pieces of HTML that a report is put together from.

Every text from elsewhere goes through `text`: titles on YouTube are written by strangers.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from html import escape

from lib.wording import clean


def text(value: str) -> str:
    """Make a text harmless in HTML, in elements and in attributes.

    Examples
    --------
    >>> text('<b onload="x">R&B</b>')
    '&lt;b onload=&quot;x&quot;&gt;R&amp;B&lt;/b&gt;'
    """
    return escape(clean(value), quote=True)


def link(address: str) -> str:
    """Return a link, or its text alone where it leads anywhere but to a page.

    Examples
    --------
    >>> link("javascript:alert(1)")
    'javascript:alert(1)'
    """
    if not address.startswith(("https://", "http://")):
        return text(address)
    return f'<a href="{text(address)}" rel="noreferrer">{text(address)}</a>'


def lines(told: Iterable[str]) -> str:
    r"""Return lines of text as they stand, columns and all.

    Examples
    --------
    >>> lines(["Why?", "  <timbre>  +5"])
    '<pre>Why?\n  &lt;timbre&gt;  +5</pre>'
    """
    whole = "\n".join(told)
    return f"<pre>{escape(whole)}</pre>"


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Return a list of names and values; the values are HTML already, empty ones are left out."""
    rows = "".join(f"<dt>{text(name)}</dt><dd>{value}</dd>" for name, value in pairs if value)
    return f"<dl>{rows}</dl>"


def picture(light: bytes, dark: bytes, alternative: str) -> str:
    """Return a picture that lies within the page, in the colours that the reader's screen has.

    Parameters
    ----------
    light, dark : bytes
        PNGs.
    alternative : str
        What it shows, for those who can't see it.
    """
    addresses = [
        f"data:image/png;base64,{base64.b64encode(png).decode('ascii')}" for png in (dark, light)
    ]
    return (
        f'<picture><source media="screen and (prefers-color-scheme: dark)" srcset="{addresses[0]}">'
        f'<img src="{addresses[1]}" alt="{text(alternative)}"></picture>'
    )
