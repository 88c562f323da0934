"""Files, links and words dropped on the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lib.gui.state import Phase
from tests.gui.hands import Hands
from tests.youtube.fake_youtube import FakeYouTube


class TestDropping:
    """Driven from where tkdnd has received the bytes of another program."""

    def drop(self, hands: Hands, sent: bytes, *, kind: str = "text/uri-list") -> None:
        tk = hands.app.root.tk
        if hands.app.root.tk.call("tk", "windowingsystem") != "x11":
            pytest.skip("the bytes are those of X11's drag and drop")
        over = str(hands.app.page)
        types = (kind,)
        numbers = " ".join(hex(byte) for byte in sent)
        data = tk.call("::tkdnd::xdnd::normalise_data", kind, numbers)
        x, y = hands.app.page.winfo_rootx() + 50, hands.app.page.winfo_rooty() + 50
        tk.call("::tkdnd::generic::SetDroppedData", data)
        tk.call("::tkdnd::generic::HandleEnter", over, "0x1", types, types, ("copy",), ())
        tk.call("::tkdnd::generic::HandlePosition", over, "0x1", (), x, y)
        assert "Let go" in hands.app.status.notice.full
        assert str(tk.call("::tkdnd::generic::HandleDrop", over, "0x1", (), x, y, 0)) == "copy"

    def test_a_name_with_spaces_and_braces(self, hands: Hands, songs: Path) -> None:
        song = songs / "a song {with} spaces.wav"
        self.drop(hands, song.as_uri().encode() + b"\r\n")
        hands.until_heard()
        assert hands.phase is Phase.HEARD
        assert hands.app.store.state.heard.prediction.source == str(song)
        assert hands.app.status.notice.full == ""

    def test_of_several_the_first_is_heard_and_it_says_so(self, hands: Hands, songs: Path) -> None:
        names = ("short.mp3", "other.flac", "windows.wav")
        self.drop(hands, b"".join((songs / n).as_uri().encode() + b"\r\n" for n in names))
        hands.until_heard()
        assert hands.app.store.state.heard.prediction.title == "A short song"
        assert "first of 3 files" in hands.app.status.notice.full

    @pytest.mark.parametrize("kind", ["text/uri-list", "text/plain"])
    def test_a_link_from_a_browser(
        self, online: Hands, fake: FakeYouTube, sound: bytes, kind: str
    ) -> None:
        fake.add("dQw4w9WgXcQ", title="A song", audio={140: sound})
        link = b"https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=PL123&index=2"
        self.drop(online, link + b"\r\n", kind=kind)
        online.until_heard()
        assert online.app.store.state.heard.prediction.title == "A song"

    def test_of_dropped_text_the_first_line_counts(self, online: Hands, fake: FakeYouTube) -> None:
        fake.add("dQw4w9WgXcQ", title="Braces { and [brackets")
        fake.add_search("a {song", ["dQw4w9WgXcQ"])
        self.drop(online, b"\n a {song \nmore", kind="text/plain")
        online.until(lambda: online.phase is Phase.CHOOSING)
        assert "Braces { and [brackets" in online.seen()

    def test_leaving_takes_the_invitation_back(self, hands: Hands) -> None:
        tk, over = hands.app.root.tk, str(hands.app.page)
        types = ("text/uri-list",)
        tk.call("::tkdnd::generic::SetDroppedData", "x")
        tk.call("::tkdnd::generic::HandleEnter", over, "0x1", types, types, ("copy",), ())
        tk.call("::tkdnd::generic::HandlePosition", over, "0x1", (), 400, 400)
        assert "Let go" in hands.app.status.notice.full
        tk.call("::tkdnd::generic::HandleLeave")
        assert hands.app.status.notice.full == ""

    def test_without_its_library_the_window_works(
        self, open_window: Callable[..., Hands], monkeypatch: pytest.MonkeyPatch, songs: Path
    ) -> None:
        monkeypatch.setitem(__import__("sys").modules, "tkinterdnd2", None)
        hands = open_window()
        assert "Open a song" in hands.seen()
        assert "Drop" not in hands.seen()
        hands.hear(songs / "short.mp3")
        assert hands.phase is Phase.HEARD
