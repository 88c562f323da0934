"""What the desktop does for the window: it asks for songs, folders and places, and opens links."""

from __future__ import annotations

import tkinter as tk
from pathlib import Path
from tkinter import filedialog

from platformdirs import user_music_path


def ask_for_song(parent: tk.Tk, folder: str, suffixes: tuple[str, ...]) -> str:
    """Ask a person to choose a song.

    Parameters
    ----------
    parent : tk.Tk
        The window that waits for the answer.
    folder : str
        Where to begin; ``""`` for the person's music, or their home where they have no such folder.
    suffixes : tuple of str
        Of the files to show at first, with dots; empty for all.

    Returns
    -------
    str
        A path, or ``""`` if none was chosen.
    """
    kinds = [("All files", "*")]
    if suffixes:
        # Tk's dialog on X11 tells capitals from small letters.
        both = [*suffixes, *(suffix.upper() for suffix in suffixes)]
        kinds.insert(0, ("Songs", " ".join(f"*{suffix}" for suffix in both)))
    music = user_music_path()
    usual = music if music.is_dir() else Path.home()
    path = filedialog.askopenfilename(
        parent=parent, title="Open a song", initialdir=folder or usual, filetypes=kinds
    )
    return str(path) if path else ""  # Tk returns an empty tuple at times


def ask_for_folder(parent: tk.Tk, folder: Path, title: str = "Choose a data set") -> str:
    """Ask a person to choose a folder, such as that of a data set; ``""`` if none was chosen."""
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    path = filedialog.askdirectory(parent=parent, title=title, initialdir=folder)
    return str(path) if path else ""


def ask_where_to_save(parent: tk.Tk, name: str, kinds: tuple[str, ...]) -> str:
    """Ask a person where to save something.

    Parameters
    ----------
    parent : tk.Tk
        The window that waits for the answer.
    name : str
        The file's name to begin with.
    kinds : tuple of str
        The suffixes it may have, with dots, the usual one first.

    Returns
    -------
    str
        A path, or ``""`` if none was chosen.
    """
    path = filedialog.asksaveasfilename(
        parent=parent, title="Save", initialdir=Path.home(), initialfile=name,
        defaultextension=kinds[0],
        filetypes=[(kind[1:].upper(), f"*{kind}") for kind in kinds],
    )  # fmt: skip
    return str(path) if path else ""


def open_browser(link: str) -> bool:
    """Open a link in a person's own browser; say whether there is one."""
    # Seldom wanted, and looks for all browsers of the machine.
    import webbrowser

    return webbrowser.open(link)
