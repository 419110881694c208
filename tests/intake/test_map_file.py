"""The system map out and in: what a map program reads comes back as the same map, and what is no map is refused."""

from __future__ import annotations

import json
import shutil
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from canaries import EVERYTHING, MAY, write_canaries
from engagements import TEXTS
from opened import open_bytes
from workbook import storage
from workbook.analysis.system_map.tables import simplify_name
from workbook.errors import InputError
from workbook.export.format import MapFormat
from workbook.export.system_map import make_map
from workbook.intake.map_file import read_map, take_in_map
from workbook.model.answers import Agreed, AgreedAnswer, Edition
from workbook.model.engagement import Engagement, Facts

EXAMPLE = Path(__file__).parents[2] / "parameters" / "example"
FACTS = Facts(title="T", commissioner="C")
BOTH = pytest.mark.parametrize("format_", [MapFormat.XLSX, MapFormat.GRAPHML])
NUMBERS = count()


def _words() -> st.SearchStrategy[str]:
    single = TEXTS.map(lambda text: " ".join(text.split())).filter(bool)
    return single.filter(lambda text: "&" not in text and text not in ("unsure", "not said"))


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return a table of factors and one of links between them, no link twice."""
    names = draw(st.lists(_words().map(simplify_name), min_size=2, max_size=5, unique=True))
    kinds = st.sampled_from(["lived", "practice", "data"])
    factors = [{"id": name, "label": draw(_words()), "kind": draw(kinds)} for name in names]
    keys = {row["id"] for row in factors}
    assume(all(simplify_name(row["label"]) not in keys - {row["id"]} for row in factors))
    assume(len({simplify_name(row["label"]) for row in factors}) == len(factors))
    ends = st.tuples(st.sampled_from(names), st.sampled_from(names)).filter(lambda pair: pair[0] != pair[1])
    links = [
        {
            "from": source,
            "to": target,
            "sign": draw(st.sampled_from(["more", "less"])),
            "strength": draw(st.integers(0, 2)),
            "certainty": draw(st.sampled_from(["guessed", "believed", "tested"])),
            "change_mind": draw(_words()),
        }
        for source, target in draw(st.lists(ends, max_size=6, unique=True))
    ]
    return factors, links


def _draw_map(factors: list[dict[str, Any]], links: list[dict[str, Any]]) -> Engagement:
    given = {"system_map.factors": AgreedAnswer(value=factors), "system_map.links": AgreedAnswer(value=links)}
    return Engagement(slug="any", edition=Edition.PRIVATE, facts=FACTS, agreed=Agreed(answers=given))


def _sort(rows: list[dict[str, Any]]) -> list[str]:
    return sorted(json.dumps(row, sort_keys=True) for row in rows)


@BOTH
@given(both=tables())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_map_comes_back_the_same(project: Path, format_: MapFormat, both: Any) -> None:
    """Each factor and link with its sign, strength, certainty and what would change somebody's mind."""
    path = project / f"map.{format_}"
    path.write_bytes(make_map(_draw_map(*both), format_))
    factors, links = read_map(path)
    assert (_sort(factors), _sort(links)) == (_sort(both[0]), _sort(both[1]))


@BOTH
def test_a_map_is_filed_as_a_voice(project: Path, format_: MapFormat) -> None:
    """The example's map, taken in, is that voice's two answers, kept from everybody until consent is given."""
    shutil.copytree(EXAMPLE, project / "parameters" / "example")
    path = project / f"map.{format_}"
    path.write_bytes(make_map(storage.load_engagement("example"), format_))
    taken = take_in_map("example", path, voice="Map maker")
    voice = next(one for one in storage.load_engagement("example").voices if one.id == taken.voice)
    assert (voice.role, str(voice.consent)) == ("Map maker", "none")
    assert len(voice.answers["system_map.factors"].value) == taken.factors == 15
    again = take_in_map("example", path, voice=taken.voice)
    assert (again.voice, again.was_there) == (taken.voice, True)  # replaced, not doubled
    assert (project / "parameters" / "example" / "earlier" / taken.voice / "1.yaml").is_file()


def test_a_map_handed_in_for_somebody_is_not_shown_by_their_other_consent(project: Path) -> None:
    """Who gave their answers with their role has not given a map that was drawn elsewhere."""
    shutil.copytree(EXAMPLE, project / "parameters" / "example")
    path = project / "map.xlsx"
    path.write_bytes(make_map(storage.load_engagement("example"), MapFormat.XLSX))
    for voice in ("trustee", "finance-lead"):
        take_in_map("example", path, voice=voice)
    private, shown = (storage.load_engagement("example", one).voices for one in (Edition.PRIVATE, Edition.PARTNERS))
    assert sum("system_map.factors" in one.answers for one in private) == 2
    assert {one.role for one in shown} >= {"Trustee", "Finance lead"}
    theirs = [one.answers.keys() for one in shown if one.role in ("Trustee", "Finance lead")]
    assert not any({"system_map.factors", "system_map.links"} & keys for keys in theirs)


def test_what_of_a_map_says_nothing_is_told(project: Path) -> None:
    """A kind or strength that no list has, and a link with one end, are named, and the rest is taken."""
    path = project / "map.xlsx"
    with xlsxwriter.Workbook(path) as book:
        factors, links = book.add_worksheet("Factors"), book.add_worksheet("Links")
        for number, row in enumerate([("Label", "Type"), ("Trust", "weird"), ("Time", "data")]):
            factors.write_row(number, 0, row)
        for number, row in enumerate([("From", "To", "Type"), ("Trust", "Time", "maybe"), ("Time", "", "+")]):
            links.write_row(number, 0, row)
    hints: list[str] = []
    assert [len(rows) for rows in read_map(path, hints)] == [2, 1]
    assert hints == [
        "look: factors: Trust: type is left empty, since weird means nothing here",
        "look: links: Trust to Time: type is left empty, since maybe means nothing here",
        "look: a link of Time that leads to or from nothing is left out",
    ]


def test_the_map_of_another_program_is_read(project: Path) -> None:
    """Sheets named as Kumu has them, in any case, signs as plus and minus, columns it does not know left out."""
    path = project / "map.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, rows in (
            ("Elements", [("Label", "Type", "Tags"), ("trust", "Data", "x"), ("time", "", "")]),
            ("Connections", [("From", "To", "Type", "Strength"), ("Trust", "time", "-", 2), ("time", "trust", "", "")]),
        ):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    factors, links = read_map(path)
    assert factors == [{"id": "trust", "label": "trust", "kind": "data"}, {"id": "time", "label": "time"}]
    assert links == [{"from": "Trust", "to": "time", "sign": "less", "strength": 2}, {"from": "time", "to": "trust"}]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("words", "can be read"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><graphml/>', "without a DOCTYPE"),
        ('<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="directed"/></graphml>', "factors"),
        (
            '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="undirected">'
            '<node id="a"/><node id="b"/><edge source="a" target="b"/></graph></graphml>',
            "with a direction",
        ),
    ],
)
def test_what_is_no_map_is_refused(project: Path, text: str, said: str) -> None:
    """The message says what to save or draw instead."""
    (project / "map.graphml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_map(project / "map.graphml")


@pytest.mark.parametrize("format_", list(MapFormat))
@pytest.mark.parametrize("edition", [Edition.PARTNERS, Edition.PUBLIC])
def test_a_map_shows_what_its_edition_may_show(project: Path, format_: MapFormat, edition: Edition) -> None:
    """No canary of another level is in it; that of a named voice is."""
    write_canaries(project / "parameters")
    texts = list(open_bytes(make_map(storage.load_engagement("canaries", edition), format_)))
    assert [word for word in EVERYTHING - MAY[edition] if any(word in text for text in texts)] == []
    assert any("canarynamedanswer" in text for text in texts)


@pytest.mark.parametrize("format_", list(MapFormat))
def test_the_same_map_gives_the_same_bytes(format_: MapFormat) -> None:
    """Made twice."""
    assert make_map(storage.load_engagement(EXAMPLE), format_) == make_map(storage.load_engagement(EXAMPLE), format_)
