"""A report tells what was heard, asks nobody for anything, and believes no stranger's text."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image

from lib.errors import Cancelled
from lib.explanation import Explanation, Pull, Pulls
from lib.report import SECTIONS, Material, ReportError, report_name, write_report
from lib.report.sections import VIEWS, plots, verdict, why
from lib.youtube import Entry

VOID = {"meta", "img", "source", "br"}
WITHOUT_PLOTS = tuple(section for section in SECTIONS if section is not plots)
HOSTILE = (
    '</title><script src="https://evil.example/x.js">alert(1)</script><img src=x onerror=a>"\''
)


class Page(HTMLParser):
    """Reads a page as a browser does, and holds it to being well formed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data + " "

    def attributes(self, name: str) -> list[str]:
        return [
            value or "" for _, attrs in self.tags for key, value in attrs.items() if key == name
        ]


@pytest.fixture(scope="module")
def written(material: Material, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "new" / "song.html"
    assert write_report(path, material) == path
    assert [entry.name for entry in path.parent.iterdir()] == ["song.html"]
    return path.read_text(encoding="utf-8")


class TestPage:
    def test_it_tells_all_that_the_window_does(self, written: str, material: Material) -> None:
        page, song = Page(written), material.prediction
        for words in (song.title, song.genre, *song.probabilities, "0:06", material.model.name,
                      "how often it is right was never measured", "Earmark 0."):  # fmt: skip
            assert words in page.text, words

    def test_every_plot_is_within_for_light_and_dark(self, written: str) -> None:
        page = Page(written)
        light, dark = page.attributes("src"), page.attributes("srcset")
        assert len(light) == len(dark) == len(VIEWS)
        for pictures, corner in ((light, (0xFA,) * 3), (dark, (0x1C,) * 3)):
            for address in pictures:
                kind, _, data = address.partition(";base64,")
                assert kind == "data:image/png"
                with Image.open(io.BytesIO(base64.b64decode(data))) as image:
                    assert image.convert("RGB").getpixel((0, 0)) == corner
        assert all(page.attributes("alt"))

    def test_it_asks_nobody_for_anything(self, written: str) -> None:
        outside = [
            value
            for name in ("src", "srcset", "href", "action", "data", "style")
            for value in Page(written).attributes(name)
            if not value.startswith(("data:image/png;base64,", "width:"))
        ]
        assert outside == []
        assert "default-src 'none'" in written
        assert not re.search(r"@import|url\(", written)
        assert "script" not in {tag for tag, _ in Page(written).tags}


class TestWhy:
    def test_it_stands_in_the_page_where_somebody_asked(
        self, written: str, material: Material, tmp_path: Path
    ) -> None:
        assert "Why" not in Page(written).text.split()
        found = Pulls(0.1, (Pull("timbre", 0.4), Pull("tempo", -0.02)))
        genre = material.prediction.genre
        asked = replace(material.prediction, why=Explanation({genre: found}))
        path = write_report(
            tmp_path / "a.html", replace(material, prediction=asked), sections=(verdict, why)
        )
        page = Page(path.read_text(encoding="utf-8"))
        assert f"Why {genre}?" in page.text
        assert "+40 points" in page.text
        assert len(page.attributes("src")) == 1


class TestStrangers:
    def test_their_text_is_text(self, material: Material, tmp_path: Path) -> None:
        video = Entry("dQw4w9WgXcQ", HOSTILE, HOSTILE, 6.0)
        song = replace(
            material.prediction, title=HOSTILE, artist=HOSTILE, warnings=(HOSTILE,), video=video,
            source='javascript:alert(1)//"onmouseover="x', tags={HOSTILE: 0.9}, outlier=True,
        )  # fmt: skip
        path = write_report(
            tmp_path / "a.html", replace(material, prediction=song), sections=WITHOUT_PLOTS
        )
        page = Page(path.read_text(encoding="utf-8"))
        assert {tag for tag, _ in page.tags} & {"script", "img", "a", "iframe"} == set()
        assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]
        assert page.text.count("alert(1)") >= 5
        assert "outlier" in page.text
        assert song.doubts in page.text

    def test_a_link_to_a_page_is_one(self, material: Material, tmp_path: Path) -> None:
        link = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
        song = replace(material.prediction, source=link, video=Entry("dQw4w9WgXcQ", "A", "B", 6.0))
        path = write_report(
            tmp_path / "a.htm", replace(material, prediction=song), sections=WITHOUT_PLOTS
        )
        assert Page(path.read_text(encoding="utf-8")).attributes("href") == [link]

    @pytest.mark.parametrize(
        ("artist", "title", "name"),
        [
            ("", "A song", "A song.html"),
            ("AC/DC", "What?", "AC-DC - What.html"),
            ("", "../../etc/passwd", "-..-etc-passwd.html"),
            ("", "con", "_con.html"),
            ("", "\u202e\x00", "song.html"),
        ],
    )
    def test_its_name_fits_every_disk(
        self, material: Material, artist: str, title: str, name: str
    ) -> None:
        assert report_name(replace(material.prediction, artist=artist, title=title)) == name
        endless = replace(material.prediction, title="音" * 500)
        assert len(report_name(endless).encode()) < 255


class TestWriting:
    def test_one_more_section_is_one_more_function(
        self, material: Material, tmp_path: Path
    ) -> None:
        def nearest(_material: Material, _progress: object) -> str:
            return "<section><h2>The nearest songs</h2></section>"

        path = write_report(tmp_path / "a.html", material, sections=(*WITHOUT_PLOTS, nearest))
        assert "The nearest songs" in Page(path.read_text(encoding="utf-8")).text

    def test_where_it_cant_be_is_told(self, material: Material, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(ReportError, match=r"song\.pdf: a report is a page; let its name end"):
            write_report(tmp_path / "song.pdf", material, sections=())
        with pytest.raises(ReportError, match=r"a\.html: the report can't be written"):
            write_report(tmp_path / "file" / "a.html", material, sections=())

    def test_cancelling_leaves_the_old_one(
        self, material: Material, tmp_path: Path, cancelling: Callable[..., None]
    ) -> None:
        path = tmp_path / "a.html"
        path.write_text("old")
        with pytest.raises(Cancelled):
            write_report(path, material, progress=cancelling)
        assert path.read_text() == "old"
        assert [entry.name for entry in tmp_path.iterdir()] == ["a.html"]
