"""The portfolio on the page: headlines are true of the numbers, links lead to pages that exist, tables run nothing."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from builders import make_engagement, make_facts, make_voice
from workbook.analysis.portfolio import PortfolioReading
from workbook.model.answers import Voice
from workbook.model.chapters import load_chapter
from workbook.model.engagement import Engagement
from workbook.model.portfolio import LeftOut, Portfolio
from workbook.share.exporter import render_page
from workbook.share.fragment import read_fragment
from workbook.share.page import arrange_page
from workbook.views import portfolio
from workbook.views.portfolio.money import list_edges

PAGE = (
    portfolio.make_cover,
    portfolio.show_glance,
    portfolio.list_commissions,
    portfolio.show_ground,
    portfolio.show_money,
    portfolio.list_recurring,
    portfolio.list_gaps,
    portfolio.list_pages,
    portfolio.note_provenance,
)
LINE = {"unit": "days", "unit_cost": 100.0}
SOURCE = {"title": "The call", "organisation": "A foundation", "year": 2026}
PLAN = [
    {"activity": "Talks", "category": "data_collection", "quantity": 30, **LINE},
    {"activity": "Sessions", "category": "facilitation", "quantity": 10, **LINE},
]


def _make_one(slug: str, *voices: Voice, **facts: Any) -> Engagement:
    made = make_engagement(*voices, facts=make_facts(**{"budget": None, "title": f"Commission {slug}", **facts}))
    return made.model_copy(update={"slug": slug})


RATED = ("purpose", "questions", "timing", "setbacks", "product", "change")  # six of ten: enough for a verdict


def _rate(seed: int, soil: int) -> Voice:
    answers = {f"framing.{one}.{s}": v for one in RATED for s, v in (("seed", seed), ("soil", soil))}
    return make_voice("Director", answers)


def _read(*engagements: Engagement, edition: str = "private", **given: Any) -> PortfolioReading:
    return portfolio.read_portfolio(Portfolio(edition=edition, engagements=engagements, **given))


@pytest.mark.parametrize("edition", ["private", "public"])
def test_two_rounds_of_one_commission_are_one(edition: str) -> None:
    """Budget, pulls and parts are counted once, from the last round; the earlier one is named, and linked."""
    rounds = [_make_one("a", _rate(4, 4), budget=1000.0), _make_one("b", _rate(4, 4), budget=1000.0, follows="a")]
    reading = _read(*rounds, edition=edition, pages={"a": ("summary",), "b": ("summary",)})
    assert [entry.slug for entry in reading.entries] == ["b"]
    assert "one commission" in str(portfolio.make_cover(reading).html)
    assert "Earlier rounds, on their own pages: Commission a." in str(portfolio.list_commissions(reading).html)
    assert "2,000" not in str(portfolio.show_money(reading).html)
    assert 'href="a/summary' in str(portfolio.list_pages(reading).html)


def _text(reading: PortfolioReading) -> str:
    html = re.sub(r"<svg.*?</svg>", "", "".join(str(part(reading).html) for part in PAGE), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize("count", [0, 1, 2, 12])
def test_any_number_of_commissions_gives_a_whole_page(count: int) -> None:
    """Every part can stand in a page, and there is one h1."""
    reading = _read(*[_make_one(f"c{n}", _rate(n % 5, 3)) for n in range(count)])
    parts = [read_fragment(part(reading).html) for part in PAGE]
    assert sum(heading.level == 1 for part in parts for heading in part.headings) == 1


@pytest.mark.parametrize(
    ("voices", "headline"),
    [
        ((_rate(4, 4), _rate(4, 4)), "In every commission rated far enough, a hope is planted in evaluation soil"),
        ((_rate(4, 4), _rate(4, 0)), "In 1 of 2 commissions rated far enough, hopes are planted in evaluation soil"),
        (
            (_rate(4, 0), _rate(0, 4)),
            "In no commission rated far enough does a hope pull against what people are held to",
        ),
    ],
)
def test_the_headline_on_seeds_and_soil_is_true_of_the_commissions(voices: tuple[Voice, ...], headline: str) -> None:
    """Every, some, none: as counted."""
    assert headline in _text(_read(*[_make_one(f"c{n}", voice) for n, voice in enumerate(voices)]))


def _hold_back(engagement: Engagement) -> Engagement:
    """Return the engagement as an edition shows it that may count none of its ratings."""
    asked = dict.fromkeys(f"framing.{one}.{s}" for one in RATED for s in ("seed", "soil"))
    return engagement.model_copy(update={"voices": (), "withheld": dict.fromkeys(asked, "small_group")})


@pytest.mark.parametrize("edition", ["partners", "public"])
def test_headlines_of_a_shared_edition_are_about_what_it_shows(edition: str) -> None:
    """Ratings held back are ratings: no headline counts them as missing, or says "the one commission rated"."""
    held = [_hold_back(_make_one(f"h{n}")) for n in range(3)]
    text = _text(_read(_make_one("a", _rate(4, 4)), *held, edition=edition))
    assert "In the one commission of which enough ratings are shown here, hopes are planted" in text
    assert "In what this edition shows, no pull comes up twice" in text
    assert "by number of commissions of which enough ratings are shown here" in text
    assert "commission rated" not in text
    assert "commissions rated" not in text
    none = _text(_read(*held, edition=edition))
    assert "This edition shows too few ratings of what a commission hopes for and is held to" in none
    assert "No commission has rated" not in none
    assert "What comes up again cannot be seen in this edition" in none


def test_headlines_of_the_private_edition_are_about_everything() -> None:
    """It holds every answer, so it may say that nobody rated, and that nothing comes up twice."""
    assert "No commission has rated" in _text(_read(_make_one("a"), _make_one("b")))
    text = _text(_read(_make_one("a", _rate(4, 4)), _make_one("b")))
    assert "In the one commission rated far enough, hopes are planted in evaluation soil" in text
    assert "No pull between hope and habit comes up twice" in text


@pytest.mark.parametrize("voices", [(), ((4, 4),), ((4, 4), (4, 4)), ((4, 0), (0, 4)), ((4, 4), (4, 0))])
def test_every_headline_of_a_shared_edition_says_that_it_is_of_what_is_shown(
    voices: tuple[tuple[int, int], ...],
) -> None:
    """Whatever the commissions hold, headlines on ratings and on missing parts claim nothing of what is hidden."""
    reading = _read(*[_make_one(f"c{n}", _rate(*one)) for n, one in enumerate(voices)], edition="public")
    for part in (portfolio.show_ground, portfolio.list_recurring):
        (headline,) = re.findall(r"<h2[^>]*>(.*?)</h2>", str(part(reading).html))
        assert "show" in headline or "this edition" in headline
    if voices:
        (headline,) = re.findall(r"<h2[^>]*>(.*?)</h2>", str(portfolio.list_gaps(reading).html))
        assert "shown" in headline.lower()


@pytest.mark.parametrize("edition", ["private", "public"])
def test_a_commission_with_few_facets_rated_has_no_score_and_no_place(edition: str) -> None:
    """It is told to be too early for a verdict, and none of its pulls is counted."""
    two = {f"framing.{one}.{s}": 4 for one in RATED[:2] for s in ("seed", "soil")}
    reading = _read(_make_one("a", make_voice("Director", two)), edition=edition)
    assert (reading.rated, reading.tensions) == ((), ())
    text = _text(reading)
    assert "for a verdict" in text
    assert "2 of 10" in text
    frame = portfolio.make_frame(reading)
    assert frame["seed"].isna()[0]
    assert frame["pattern"][0] == "early"


def test_a_commission_that_asks_for_an_evaluation_is_not_called_worse() -> None:
    """The page says that it is no ranking, and gives the framing's own headline."""
    answers = {f"framing.{one.id}.{s}": v for one in load_chapter("framing").facets
               for s, v in (("seed", 0), ("soil", 4))}  # fmt: skip
    text = _text(_read(_make_one("a", make_voice("Director", answers))))
    assert "It is no ranking." in text
    assert "As you see it: the answers ask for an evaluation" in text


def test_budgets_are_added_only_within_one_currency() -> None:
    """Pounds and euros stand in figures of their own, each with its own sum."""
    text = _text(
        _read(
            _make_one("a", budget=10.0),
            _make_one("b", budget=20.0),
            _make_one("c", budget=5.0, currency="EUR"),
            _make_one("d", budget="unsure"),
        )
    )
    assert "3 of 4 commissions state a budget" in text
    assert "Budgets in GBP Together that is £30." in text
    assert "Budgets in EUR" in text
    assert "£35" not in text
    assert "not known yet" in text


def test_the_split_of_a_plan_adds_up_to_a_hundred() -> None:
    """A quarter on use is shown as 75% for data and 25% for use."""
    assert "75% / 25%" in _text(_read(_make_one("a", plan=PLAN)))
    assert "no plan costed" in _text(_read(_make_one("a")))


def test_voices_are_not_counted_where_the_edition_may_not_say() -> None:
    """None stands for held back, and is worded so."""
    one = _make_one("a", _rate(4, 4)).model_copy(update={"heard": None})
    assert "held back" in _text(_read(one, edition="public"))


@pytest.mark.parametrize(("edition", "ending"), [("private", ""), ("partners", ".partners"), ("public", ".public")])
def test_links_lead_to_the_pages_that_were_made_and_to_no_others(edition: str, ending: str) -> None:
    """Only reports that stand in `outputs`, in the page's own edition, by a path beside the page."""
    reading = _read(_make_one("a"), _make_one("b"), edition=edition, pages={"a": ("summary", "brief"), "b": ()})
    html = str(portfolio.list_pages(reading).html)
    assert re.findall(r'href="([^"]*)"', html) == [f"a/summary{ending}.html", f"a/brief{ending}.html"]
    assert "no page made yet" in html


def test_outside_the_batch_there_are_no_links() -> None:
    """A notebook may stand anywhere, so its links would lead nowhere."""
    assert "href" not in str(portfolio.list_pages(_read(_make_one("a"))).html)


def test_what_is_left_out_is_named_with_what_to_type() -> None:
    """The page is about the others, and says so at its beginning."""
    left_out = (LeftOut(name="bad", problems=2), LeftOut(name="worse", problems=1), LeftOut(name="<b>gone", problems=0))
    text = _text(_read(_make_one("a"), left_out=left_out))
    assert "Three commissions could not be read." in text
    assert "bad: its files hold 2 faults. To see them, type: workbook check bad" in text
    assert "worse: its files hold one fault." in text
    assert "&lt;b&gt;gone: there is no engagement of this name" in text


def test_a_table_for_analysts_has_a_row_for_each_commission() -> None:
    """Shares as numbers, seed and soil as steps in words, what is not known as missing."""
    frame = portfolio.make_frame(_read(_make_one("a", _rate(4, 2), plan=PLAN), _make_one("b")))
    assert list(frame["engagement"]) == ["a", "b"]
    assert frame["use_share"][0] == 0.25
    assert (frame["seed"][0], frame["soil"][0]) == ("completely", "to some extent")
    assert frame["seed"].isna()[1]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", " =", "\t=", "\r="])
def test_no_cell_of_the_csv_is_taken_for_a_formula(start: str, tmp_path: Path) -> None:
    """Text that begins as a formula gets an apostrophe; numbers stay numbers, and the file comes back whole."""
    reading = _read(_make_one("a", title=f"{start}1+1", commissioner='A "funder", one\nof many', budget=5.0))
    path = portfolio.write_csv(reading, tmp_path / "portfolio.csv")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert row["title"] == f"'{start.strip() or start}1+1".replace("''", "'")
    assert row["commissioner"] == 'A "funder", one\nof many'
    assert row["budget"] == "5.0"


def test_hostile_facts_change_no_structure() -> None:
    """Markup in titles and names is shown as typed."""
    hostile = '<script>alert(1)</script>" onload="x'
    reading = _read(_make_one("a", _rate(4, 4), title=hostile, commissioner=hostile, plan=PLAN, budget=10.0))
    html = "".join(str(part(reading).html) for part in PAGE)
    assert "<script" not in html
    for part in PAGE:
        read_fragment(part(reading).html)


def test_more_commissions_than_can_be_told_apart_are_counted() -> None:
    """Beyond thirty the figures count: each is in one part of the plane, one band of money, one of shares."""
    made = [
        _make_one(f"c{n}", _rate(4, 4 if n % 2 else 3), budget=1000.0 + 500 * n, currency="GBP", plan=PLAN)
        for n in range(33)
    ]
    reading = _read(*made)
    ground, money_, recurring = (
        str(part(reading).html) for part in (portfolio.show_ground, portfolio.show_money, portfolio.list_recurring)
    )
    counted = [re.findall(r">(\d+)</text>", svg) for svg in re.findall(r"<svg.*?</svg>", ground + money_, re.DOTALL)]
    assert [sum(map(int, numbers)) for numbers in counted] == [33, 33, 33]
    assert all(len(numbers) < 12 for numbers in counted)
    assert "£1,000 to £2,000" in money_
    assert "Commission c29; and 3 more" in recurring


@pytest.mark.parametrize(
    ("values", "edges"), [([0, 3], [0, 1, 2, 5]), ([1500, 20_000], [1000, 2000, 5000, 10_000, 20_000, 50_000])]
)
def test_bands_hold_every_value(values: list[float], edges: list[float]) -> None:
    """The first band begins at or below the least, the last ends above the most, and none is empty at either end."""
    assert list_edges(values) == edges


def _make_page(reading: PortfolioReading) -> str:
    outputs = [part(reading).html for part in (portfolio.show_edition, *PAGE)]
    return render_page(arrange_page(outputs))


def test_many_commissions_have_one_row_each_and_no_more_room() -> None:
    """Beyond thirty each stands once, with a link to its page: a page's room and 400 bytes a commission are enough."""
    count = 120
    facts = {"budget": 150000, "start": date(2027, 3, 1), "plan": PLAN, "source": [SOURCE], "kind": "public-call"}
    made = [_make_one(f"learning-partner-{n:04d}", _rate(n % 5, 3), **facts) for n in range(count)]
    pages = {one.slug: ("summary", "brief") for one in made}
    html = _make_page(_read(*made, pages=pages))
    fixed = len(_make_page(_read(*made[:31], pages=dict(list(pages.items())[:31])))) - 31 * 400
    assert len(html.encode()) <= 60 * 1024 + 400 * count
    assert fixed <= 60 * 1024
    for one in made:
        assert html.count(f'href="{one.slug}/summary.html"') == 1
    assert html.count("<caption>Each commission by its verdict") == 1


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({}, "no date is given"),
        ({"start": "2027-03", "end": date(2028, 1, 1)}, "March 2027: work starts"),
        ({"as_of": date(2027, 6, 1), "start": "2027-03", "end": date(2028, 1, 1)}, "1 January 2028: work ends"),
        ({"as_of": date(2029, 6, 1), "deadline": date(2026, 5, 1)}, "no date ahead is given"),
        (
            {"deadline": date(2026, 5, 1), "timetable": [{"what": "Talks", "when": date(2026, 4, 1)}]},
            "1 April 2026: Talks",
        ),
    ],
)
def test_what_is_next_is_the_first_date_after_the_day_the_facts_hold(facts: dict[str, Any], told: str) -> None:
    """No clock is asked: of dates known as exactly as they are, the first after `as_of`, or of all without one."""
    assert told in _text(_read(_make_one("a", **facts)))
