"""The window's parts that are always there, built and put in their places."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from lib.gui.controller import Controller
from lib.gui.drop import accept_drops
from lib.gui.header import Header
from lib.gui.offer_bar import OfferBar
from lib.gui.song_page import Actions, SongPage
from lib.gui.source_bar import SourceBar
from lib.gui.state import Page
from lib.gui.status_bar import StatusBar
from lib.gui.theme import Theme
from lib.gui.turntable import Turntable
from lib.gui.worker import Workers


class Face:
    """From top to bottom: header, offer, the body with a page in it, and the foot.

    Parameters
    ----------
    root : tk.Tk
        The window.
    theme : Theme
    workers : Workers
        Draw the plots.
    controller : Controller
        Does what is asked for on the side that listens.
    turntable : Turntable
        Plays what is shown.
    actions : Actions
        What the song page can ask for.
    on_page : callable
        Called with the page that a person turns to.
    on_open, on_models, on_keys : callable
        Called when a song, another model and the list of keys are asked for.
    on_drop : callable
        Called with what was dropped.
    on_hover : callable
        Called with whether something is held over the window.

    Attributes
    ----------
    header, bar, offer, page, status : Header, SourceBar, OfferBar, SongPage, StatusBar
    body : ttk.Frame
        Where the pages belong.
    """

    def __init__(
        self,
        root: tk.Tk,
        theme: Theme,
        workers: Workers,
        controller: Controller,
        turntable: Turntable,
        actions: Actions,
        *,
        on_page: Callable[[Page], None],
        on_open: Callable[[], None],
        on_models: Callable[[], None],
        on_keys: Callable[[], None],
        on_drop: Callable[[list[str]], None],
        on_hover: Callable[[bool], None],
    ) -> None:
        px = theme.px
        outer = ttk.Frame(root, padding=(px(20), px(16), px(20), px(8)))
        outer.pack(fill="both", expand=True)
        outer.columnconfigure(0, weight=1)
        outer.rowconfigure(2, weight=1)
        can_drop = accept_drops(outer, on_drop=on_drop, on_hover=on_hover)
        self.header = Header(outer, theme, on_page=on_page, on_theme=controller.toggle_theme)
        self.bar = SourceBar(self.header.line, theme, on_hear=controller.hear, on_open=on_open)
        self.offer = OfferBar(
            outer, theme, on_take=controller.take_offer, on_dismiss=controller.dismiss_offer
        )
        # Together, so that Tab finds a page that is made later before the foot of the window.
        self.body = ttk.Frame(outer)
        self.body.columnconfigure(0, weight=1)
        self.body.rowconfigure(0, weight=1)
        self.page = SongPage(self.body, theme, workers, actions, turntable, can_drop=can_drop)
        self.status = StatusBar(outer, theme, on_models=on_models, on_keys=on_keys)
        self.header.grid(row=0, sticky="ew", pady=(0, px(16)))
        self.bar.grid(row=0, column=0, sticky="nsew")
        self.offer.grid(row=1, sticky="ew")
        self.body.grid(row=2, sticky="nsew")
        self.page.grid(row=0, column=0, sticky="nsew")
        self.status.grid(row=3, sticky="ew", pady=(px(8), 0))
