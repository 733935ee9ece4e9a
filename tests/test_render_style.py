"""Lines of spans, plain and painted."""

from __future__ import annotations

from ssops.render.style import Style, align, line, paint, width


def test_paint_when_plain_then_hidden_characters_are_named_and_spaces_end_no_line() -> None:
    assert paint([line(("a\x1b[2J", Style.BAD), "b  "), line()], colour=False) == "a\\x1b[2Jb\n\n"


def test_paint_when_coloured_then_only_codes_are_added() -> None:
    assert paint([line(("a", Style.GOOD), "b")], colour=True) == "\x1b[32ma\x1b[0mb\n"


def test_paint_when_a_line_is_longer_than_the_terminal_then_it_goes_on_below_with_its_sign() -> None:
    lines = [line("!", "   ", "why: one two three"), line("  7 | ", "source that is never broken"), line("short")]

    shown = paint(lines, colour=False, columns=16)

    assert shown == "!   why: one two\n!     three\n  7 | source that is never broken\nshort\n"


def test_align_when_cells_differ_in_width_then_columns_stand_under_each_other() -> None:
    rows = [line("a", "b", "c"), line("漢字", "bb", "c"), line("\x1b", "b", "c")]

    assert paint(align(rows, indent=1), colour=False) == " a     b   c\n 漢字  bb  c\n \\x1b  b   c\n"


def test_width_when_letters_are_wide_or_combining_then_cells_are_counted() -> None:
    assert [width(text) for text in ("abc", "Чат", "漢", "e\u0301")] == [3, 3, 2, 1]
