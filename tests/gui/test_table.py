"""A table that changes where it differs, and fills without holding the window up."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

import pytest

from lib.gui.table import Row, Table
from lib.gui.tree import Column
from tests.gui.hands import Hands


@pytest.fixture
def table(open_window: Callable[..., Hands]) -> Table:
    """Return a table in a window of its own."""
    hands = open_window()
    top = tk.Toplevel(hands.app.root)
    table = Table(top, hands.app.theme, (Column("A", 100), Column("B", 100, "e")), several=True)
    table.pack(fill="both", expand=True)
    hands.app.root.update()
    return table


def rows(*keys: str) -> list[Row]:
    return [Row(key, (key, key.upper())) for key in keys]


def seen(table: Table) -> list[str]:
    """Return the first cells as they stand in the tree."""
    return [str(table.tree.item(row, "values")[0]) for row in table.tree.get_children()]


@pytest.mark.parametrize(
    ("before", "after"),
    [("", "abc"), ("abc", ""), ("abc", "axbyc"), ("abcd", "bd"), ("abc", "cab"), ("ab", "xayb")],
)
def test_it_comes_to_what_is_wanted(table: Table, before: str, after: str) -> None:
    table.show(rows(*before))
    assert seen(table) == list(before)
    table.show(rows(*after))
    assert seen(table) == list(after)
    assert [row.key for row in table.lines] == list(after)


def test_a_row_that_changes_keeps_its_place_and_stays_chosen(table: Table) -> None:
    table.show(rows("a", "b", "c"))
    table.choose("b")
    table.show([*rows("a"), Row("b", ("other", "B"), "failed"), *rows("c")])
    assert seen(table) == ["a", "other", "c"]
    assert table.chosen == ("b",)


def test_any_text_is_a_key(table: Table) -> None:
    keys = ("", "-values", "{", "a b", "\\", "[exit]", "$x")
    table.show(rows(*keys))
    table.choose(*keys)
    assert table.chosen == keys
    table.show(rows(*keys[1:]))
    assert table.chosen == keys[1:]


def test_many_rows_come_in_portions_and_a_change_of_mind_counts(table: Table) -> None:
    many = [str(number) for number in range(3000)]
    table.show(rows(*many))
    assert 0 < len(seen(table)) < len(many)
    table.show(rows("x", *many))
    while table._filling:
        table.update()
    assert seen(table) == ["x", *many]


def test_the_arrow_keys_begin_at_the_first_row(table: Table) -> None:
    table.show(rows("a", "b"))
    table.tree.focus_force()
    table.update()
    assert table.chosen == ("a",)
    table.tree.event_generate("<Down>")
    assert table.chosen == ("b",)
    table.tree.event_generate("<Control-a>")
    assert table.chosen == ("a", "b")
