"""What holds for every chart: its structure, its name, and that nothing anyone types changes either."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib.resources import files
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from workbook.charts.bars import BarChart, draw_bars
from workbook.charts.dots import DotAnswers, DotChart, DotRow, DotSeries, draw_dots
from workbook.charts.lines import Curve, LineChart, draw_lines
from workbook.charts.network.network import NetworkChart, draw_network
from workbook.charts.pieces.text import measure_text
from workbook.charts.places import PlaceChart, draw_places
from workbook.charts.swings import SwingChart, draw_swings
from workbook.charts.timeline import TimelineChart, draw_timeline
from workbook.theme import read_stylesheet

Draw = Callable[[str], Markup]
SIZES = {"small": 13.0}
HOSTILE = (
    "</text></svg><script>alert(1)</script>",
    '" onload="alert(1)" x=\'',
    "<!-- --><![CDATA[ ]]> &amp; &#60;b&#62;",
    "\x00\x01\x1f\ufffe\ud800 control",
    "\u202eright to left\u2066 שלום עולם",
    "one\ntwo\tthree\r\nfour",
    "a" * 10_000,
    "word " * 2_000,
    "e" + "\u0301" * 10_000,
    "漢" * 300,
    " ",
    "",
)


def _parse(chart: Markup) -> ET.Element:
    return ET.fromstring(str(chart))


def _walk_texts(
    element: ET.Element, size: float = 15.0, anchor: str = "start", down: float = 0.0
) -> Iterator[tuple[str, float, float, float, float]]:
    """Yield each text with the left, top, right and bottom that it is expected to fill."""
    classes = element.get("class", "").split()
    size = next((SIZES[name] for name in classes if name in SIZES), size)
    anchor = next((name for name in classes if name in ("centre", "end")), anchor)
    shift = re.fullmatch(r"translate\(0 (.+)\)", element.get("transform", ""))
    down += float(shift[1]) if shift else 0.0
    if element.tag == "text" and element.text:
        width = measure_text(element.text, size)
        left = float(element.get("x", "0")) - {"start": 0.0, "centre": width / 2, "end": width}[anchor]
        base = float(element.get("y", "0")) + down
        yield element.text, left, base - size * 0.75, left + width, base + size * 0.2
    for child in element:
        yield from _walk_texts(child, size, anchor, down)


def test_a_chart_is_an_image_with_a_title_and_a_description_first(draw: Draw) -> None:
    """A screen reader finds the role, and the title and description as the first two children."""
    root = _parse(draw("Ten facets"))
    assert root.tag == "svg"
    assert root.get("role") == "img"
    assert [(child.tag, child.text) for child in root[:2]] == [("title", "Ten facets"), ("desc", "Ten facets")]


def test_a_chart_holds_only_groups_paths_and_text(draw: Draw) -> None:
    """No script, no style, no colour and no id stands in a chart, so that a strict page shows it as it is."""
    root = _parse(draw("label"))
    assert {element.tag for element in root.iter()} <= {"svg", "title", "desc", "g", "path", "text"}
    names = {name for element in root.iter() for name in element.attrib}
    assert names <= {"viewBox", "class", "role", "d", "x", "y", "transform", "aria-hidden"}


def test_drawing_twice_gives_the_same_bytes(draw: Draw) -> None:
    """The same data give the same chart."""
    assert draw("Peer visits") == draw("Peer visits")


def test_many_charts_stand_on_one_page(every_chart: dict[str, Draw]) -> None:
    """All charts together hold no id and no reference, so none can clash."""
    page = "".join(draw("label") for draw in every_chart.values())
    assert page.count("<svg ") == len(every_chart)
    assert not re.search(r"\sid=|url\(|href", page)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_changes_no_structure(draw: Draw, text: str) -> None:
    """Whatever a label holds, the chart parses, has the same kinds of element, and stays small."""
    chart = draw(text)
    root = _parse(chart)
    assert {element.tag for element in root.iter()} <= {"svg", "title", "desc", "g", "path", "text"}
    assert {name for element in root.iter() for name in element.attrib} <= {
        "viewBox", "class", "role", "d", "x", "y", "transform", "aria-hidden",
    }  # fmt: skip
    assert len(chart) < 40_000
    assert "\x00" not in chart
    assert "<bdi" not in chart


@given(text=st.text(max_size=120))
@settings(max_examples=25, deadline=None)
def test_any_text_parses(text: str) -> None:
    """No text at all makes a chart that does not parse."""
    chart = DotChart((DotSeries(text, "seed"),), (DotRow(text, (DotAnswers((1,), words=text),)),), (text, text))
    assert _parse(draw_dots(chart, title=text, description=text)).tag == "svg"


@pytest.mark.parametrize("text", ["no", "A label of middling length", "Wide WWWW MMMM " * 9, "a" * 10_000])
def test_every_text_stays_inside_the_chart(draw: Draw, text: str) -> None:
    """Labels are wrapped or cut so that none runs over the edge."""
    root = _parse(draw(text))
    _, _, width, height = map(float, root.get("viewBox", "").split())
    texts = list(_walk_texts(root))
    assert texts
    for words, left, top, right, bottom in texts:
        assert -0.2 <= left <= right <= width + 0.2, words
        assert 0 <= top <= bottom <= height, words


@pytest.mark.parametrize("text", ["no", "A label of middling length", "Wide WWWW MMMM " * 9, "a" * 10_000])
def test_no_two_texts_overlap(draw: Draw, text: str) -> None:
    """Whatever the labels' length, none covers another."""
    texts = list(_walk_texts(_parse(draw(text))))
    for index, (words, left, top, right, bottom) in enumerate(texts):
        for other, other_left, other_top, other_right, other_bottom in texts[index + 1 :]:
            across = min(right, other_right) - max(left, other_left)
            down = min(bottom, other_bottom) - max(top, other_top)
            assert across <= 0.5 or down <= 0.5, (words, other)


def test_every_class_has_a_rule(every_chart: dict[str, Draw]) -> None:
    """A class that the sheets of the drawings do not know would draw in black."""
    sheet = read_stylesheet("figures", "points")
    used = {
        name
        for draw in every_chart.values()
        for element in _parse(draw("label")).iter()
        for name in element.get("class", "").split()
    }
    assert {name for name in used if not re.search(rf"\.{name}\b", sheet)} <= {"unbroken", "believed"}


def test_the_stylesheet_stays_small_and_within_charts() -> None:
    """Every rule is about a chart, nothing is fetched, and the whole is under 4 KiB."""
    sheet = files("workbook").joinpath("styles", "figures.css").read_text(encoding="utf-8")
    assert len(sheet) < 4096
    assert "url(" not in sheet
    assert "@import" not in sheet
    shrunk = read_stylesheet("figures").partition("}")[2]
    selectors = [each for group in re.findall(r"([^{}]+)\{", shrunk) for each in group.split(",")]
    assert [each for each in selectors if not each.startswith((".chart", ".scroll .chart", "@media"))] == []


@pytest.mark.parametrize(
    "draw_empty",
    [
        lambda **words: draw_dots(DotChart((), (), ("", "")), **words),
        lambda **words: draw_places(PlaceChart((), ("", "", "", ""), "", ""), **words),
        lambda **words: draw_bars(BarChart(()), **words),
        lambda **words: draw_swings(SwingChart((), 0, ""), **words),
        lambda **words: draw_timeline(TimelineChart((), ()), **words),
        lambda **words: draw_lines(LineChart((Curve("", ()),), "", ""), **words),
        lambda **words: draw_network(NetworkChart(()), **words),
    ],
    ids=["dots", "places", "bars", "swings", "timeline", "lines", "network"],
)
def test_no_data_is_said_in_words(draw_empty: Callable[..., Markup]) -> None:
    """A chart without data is still an image with a name, and says why it is empty."""
    root = _parse(draw_empty(title="Title", description="Description", empty="Nobody has answered yet."))
    assert root[0].text == "Title"
    assert [element.text for element in root.iter("text")] == ["Nobody has answered yet."]
