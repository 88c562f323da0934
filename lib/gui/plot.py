"""One picture of a song on its tab, that a person plays, zooms and moves with the mouse."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass

from lib.gui.drawing import Box, Picture, Request, stretched
from lib.gui.plot_menu import menu_button
from lib.gui.theme import Theme
from lib.gui.view import View

STEP = 0.8  # how much of what is shown stays after one notch of the wheel
CLICK = 4  # pixels that a hand trembles by when it clicks


@dataclass(frozen=True)
class Touch:
    """What a person can do to a plot with the mouse.

    Parameters
    ----------
    seek : callable
        Called with the second that was clicked.
    zoom : callable
        Called with a factor and the second to stay in place.
    move : callable
        Called with the seconds that the picture is moved by.
    whole : callable
        Called to show the whole song again.
    menu : callable
        Called with the place of the pointer on the screen, and the second under it or None.
    """

    seek: Callable[[float], None]
    zoom: Callable[[float, float], None]
    move: Callable[[float], None]
    whole: Callable[[], None]
    menu: Callable[[int, int, float | None], None]


class Plot(tk.Canvas):
    """One picture on its tab, or a word in its place while it is being drawn."""

    def __init__(self, parent: tk.Misc, theme: Theme) -> None:
        super().__init__(
            parent, highlightthickness=0, borderwidth=0, takefocus=0, width=1, height=1
        )
        self._theme = theme
        self._image: tk.PhotoImage | None = None
        self._picture: Picture | None = None
        for event in ("<Configure>", "<<ThemeChanged>>"):
            self.bind(event, lambda _event: self._fit(), add=True)

    @property
    def request(self) -> Request | None:
        """What the picture that is shown was drawn for; None where there is none."""
        return self._picture.request if self._picture is not None else None

    def clear(self, text: str) -> None:
        """Show a text in place of a picture."""
        self._image, self._picture = None, None
        self.delete("all")
        font = self._theme.font("Body")
        self.create_text(0, 0, text=text, justify="center", font=font, tags="text")
        self._fit()

    def show(self, picture: Picture) -> None:
        """Show a picture."""
        self._picture = picture
        self.configure(background=self._theme.palette.background)
        self._put(picture.data)

    def _put(self, data: bytes) -> None:
        """Put pixels, a binary PPM, in the place of all that is shown."""
        self._image = tk.PhotoImage(master=self, data=data, format="ppm")
        self.delete("all")
        self.create_image(0, 0, image=self._image, anchor="nw")

    def _fit(self) -> None:
        """Give the text the middle of the canvas as it is now, and both the theme's colours."""
        colours, width, height = self._theme.palette, self.winfo_width(), self.winfo_height()
        self.configure(background=colours.background)
        self.coords("text", width // 2, height // 2)
        self.itemconfigure("text", width=max(width - 40, 40), fill=colours.muted)


class SongPlot(Plot):
    """A picture of a song, with a playhead, that can be clicked, zoomed and moved.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    touch : Touch
    """

    def __init__(self, parent: tk.Misc, theme: Theme, touch: Touch) -> None:
        super().__init__(parent, theme)
        self._touch = touch
        self._view: View | None = None  # that the picture shows, stretched or as it was drawn
        self._at: float | None = None
        self._pressed: tuple[int, int, View] | None = None
        self._dragged = False
        self._bind_mouse()

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Where time runs in the picture."""
        return self._picture.boxes if self._picture is not None else ()

    def show_view(self, picture: Picture, view: View) -> None:
        """Show a picture, stretched to a view where it was drawn for another."""
        self.show(picture)
        self._view = None
        self.stretch(view)

    def stretch(self, view: View) -> None:
        """Show at once, coarsely, what a view would show, until it is drawn."""
        picture = self._picture
        if picture is None or view == self._view:
            return
        self._view = view
        drawn = picture.request.span or (0.0, view.seconds)
        same = abs(drawn[0] - view.start) < 1e-6 and abs(drawn[1] - view.end) < 1e-6
        self._put(picture.data if same else stretched(picture, drawn, (view.start, view.end)))
        self.point(self._at)

    def point(self, seconds: float | None) -> None:
        """Put the playhead at a second; nowhere for None."""
        self._at = seconds
        view = self._view
        if seconds is None or view is None or not view.start <= seconds <= view.end:
            self.delete("playhead")
            return
        if not self.find_withtag("playhead"):
            colours = self._theme.palette
            for _ in self.boxes:
                # With an edge of the opposite colour it shows on everything.
                self.create_line(0, 0, 0, 0, fill=colours.background, width=4, tags="playhead")
                self.create_line(0, 0, 0, 0, fill=colours.text, width=2, tags="playhead")
        lines = iter(self.find_withtag("playhead"))
        for box in self.boxes:
            x = box.left + (seconds - view.start) / (view.end - view.start) * box.width
            for _ in range(2):
                self.coords(next(lines), x, box.top, x, box.bottom)

    def second_at(self, x: int, y: int) -> float | None:
        """Return the second of the song that lies at a place; None outside of the pictures."""
        view = self._view
        inside = [box for box in self.boxes if box.holds(x, y)]
        if view is None or not inside:
            return None
        return view.start + (x - inside[0].left) / inside[0].width * (view.end - view.start)

    def _bind_mouse(self) -> None:
        self.bind("<ButtonPress-1>", self._press, add=True)
        self.bind("<B1-Motion>", self._drag, add=True)
        self.bind("<ButtonRelease-1>", self._release, add=True)
        self.bind("<Double-Button-1>", self._double, add=True)
        self.bind("<MouseWheel>", lambda event: self._wheel(event, event.delta > 0), add=True)
        if self.tk.call("tk", "windowingsystem") == "x11":  # up to Tk 8.6, wheels are buttons
            self.bind("<Button-4>", lambda event: self._wheel(event, True), add=True)
            self.bind("<Button-5>", lambda event: self._wheel(event, False), add=True)
        self.bind(menu_button(self), self._menu, add=True)

    def _press(self, event: tk.Event[tk.Misc]) -> None:
        self._dragged = False
        inside = self._view is not None and self.second_at(event.x, event.y) is not None
        self._pressed = (event.x, event.y, self._view) if inside and self._view else None

    def _drag(self, event: tk.Event[tk.Misc]) -> None:
        if self._pressed is None or self._view is None:
            return
        x, _, view = self._pressed
        if self._dragged or abs(event.x - x) > CLICK:
            self._dragged = True
            self.configure(cursor="fleur")
            per_pixel = (view.end - view.start) / self.boxes[0].width
            wanted = view.moved((x - event.x) * per_pixel)
            self._touch.move(wanted.start - self._view.start)

    def _release(self, event: tk.Event[tk.Misc]) -> None:
        self.configure(cursor="")
        pressed, self._pressed = self._pressed, None
        if pressed is None or self._dragged:
            return
        second = self.second_at(event.x, event.y)
        if second is not None:
            self._touch.seek(second)

    def _double(self, event: tk.Event[tk.Misc]) -> None:
        self._pressed = None  # its second click seeks no more
        if self.second_at(event.x, event.y) is not None:
            self._touch.whole()

    def _wheel(self, event: tk.Event[tk.Misc], up: bool) -> str:
        second, view = self.second_at(event.x, event.y), self._view
        if second is not None and view is not None:
            if int(event.state) & 1:  # with Shift it moves along
                self._touch.move((-0.1 if up else 0.1) * (view.end - view.start))
            else:
                self._touch.zoom(STEP if up else 1 / STEP, second)
        return "break"

    def _menu(self, event: tk.Event[tk.Misc]) -> None:
        if self._picture is not None:
            self._touch.menu(event.x_root, event.y_root, self.second_at(event.x, event.y))
