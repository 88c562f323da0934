"""README.md and docs/ can be followed: their links lead somewhere, their commands exist."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("outputs/**/*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
COMMAND = re.compile(r"(0\d_\w+\.py)([^\n`#]*)")
OPTION = re.compile(r"(?<!\S)--[a-z][a-z-]*")


def name(page: Path) -> str:
    """Return what a test of the page is called."""
    return page.relative_to(ROOT).as_posix()


def anchors(page: Path) -> set[str]:
    """Return the headings of a page as GitHub names them in links."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h).strip().lower().replace(" ", "-") for h in headings}


@cache
def options(stage: str) -> frozenset[str]:
    """Return the options that a stage's help names."""
    told = subprocess.run(
        [sys.executable, ROOT / stage, "--help"], capture_output=True, text=True, check=True
    )
    return frozenset(re.findall(r"--[a-z][a-z-]*", told.stdout))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{name(page)} links to {link}"
        assert not anchor or anchor in anchors(target), f"{name(page)} links to {link}"


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_have_the_options_that_they_are_told_with(page: Path) -> None:
    for stage, rest in COMMAND.findall(page.read_text(encoding="utf-8")):
        assert (ROOT / stage).is_file(), f"{name(page)} names {stage}"
        unknown = set(OPTION.findall(rest)) - options(stage)
        assert not unknown, f"{name(page)}: {stage}{rest}"
