"""The picture of a video, fetched and decoded in a thread."""

from __future__ import annotations

import io
import tkinter as tk
from collections.abc import Callable
from typing import cast

from lib.gui.messages import Done, Message
from lib.gui.theme import Theme
from lib.gui.worker import Lane, Workers
from lib.progress import Progress

SIZE = (142, 80)  # in pixels of a usual screen; 16 : 9
MOST_PIXELS = 4_000_000  # a picture that says it is larger is not decoded

Fetch = Callable[[str, Progress], bytes]


class Cover(tk.Canvas):
    """The picture of a video.  One that can't be had leaves its place plain.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    workers : Workers
        Fetch and decode it.
    fetch : callable
        Given the id of a video, returns its picture as a JPEG.
    """

    def __init__(self, parent: tk.Misc, theme: Theme, workers: Workers, fetch: Fetch) -> None:
        self._size = (theme.px(SIZE[0]), theme.px(SIZE[1]))
        super().__init__(
            parent, width=self._size[0], height=self._size[1],
            highlightthickness=0, borderwidth=0, takefocus=0,
        )  # fmt: skip
        self._theme = theme
        self._fetch = fetch
        self._lane = Lane(workers, self._on_picture)
        self._video = ""
        self.image: tk.PhotoImage | None = None
        self.bind("<<ThemeChanged>>", lambda _event: self._recolour(), add=True)
        self._recolour()

    def show(self, video_id: str) -> None:
        """Show the picture of a video; ``""`` for none."""
        if video_id == self._video:
            return
        self._video = video_id
        self._lane.cancel()
        self.delete("all")
        self.image = None
        if video_id:
            self._lane.start(lambda progress: decode(self._fetch(video_id, progress), self._size))

    def _on_picture(self, message: Message) -> None:
        if isinstance(message, Done):
            data = cast("bytes", message.result)
            self.image = tk.PhotoImage(master=self, data=data, format="ppm")
            self.create_image(0, 0, image=self.image, anchor="nw")

    def _recolour(self) -> None:
        self.configure(background=self._theme.palette.surface)


def decode(picture: bytes, size: tuple[int, int]) -> bytes:
    """Return a picture as a binary PPM that fills a size, with its edges cut where it must be.

    Raises
    ------
    ValueError
        If it has more than four million pixels.
    OSError
        If it is no JPEG, PNG or WebP.
    """
    # Tk 8.6 reads no JPEG; Pillow comes with matplotlib, and is as late as that.
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(picture), formats=["JPEG", "PNG", "WEBP"]) as image:
        if image.width * image.height > MOST_PIXELS:
            raise ValueError(f"a picture of {image.width} × {image.height} pixels is too large")
        fitted = ImageOps.fit(image.convert("RGB"), size, Image.Resampling.LANCZOS)
    return b"P6 %d %d 255\n" % fitted.size + fitted.tobytes()
