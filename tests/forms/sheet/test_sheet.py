"""The description of a chapter's form, and what the renderer's own text may not hold."""

from __future__ import annotations

import json
import re

import pytest

from builders import make_facts
from workbook.forms.lab.along import describe_chapter
from workbook.forms.sheet.sheet import describe_sheet, list_forms, read_sheet_script, read_sheet_words
from workbook.model.answers import Consent, Edition
from workbook.model.chapters import list_questions, load_chapter
from workbook.model.ways import EVERYTHING
from workbook.model.wordings import load_wording

CHAPTERS = [chapter.id for chapter in list_forms(make_facts(promises=[{"id": "a", "what": "A"}]))]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_sheet_holds_every_question_of_its_chapter(chapter: str) -> None:
    """Each question of a chapter stands in its form once, with its kind and its words."""
    facts = make_facts()
    asked = {key: question for key, question in list_questions(facts).items() if key.startswith(f"{chapter}.")}
    sheet = describe_sheet(facts, chapter)
    assert sorted(one["id"] for one in sheet["questions"]) == sorted(asked)
    for one in sheet["questions"]:
        assert (one["kind"], one["text"]) == (asked[one["id"]].kind, asked[one["id"]].text)


def test_sheet_is_plain_json() -> None:
    """A form goes into a page and a widget as JSON, and comes back the same."""
    sheet = describe_sheet(make_facts(), "resources")
    assert json.loads(json.dumps(sheet)) == sheet


def test_facets_come_first_under_their_titles() -> None:
    """Questions about facets stand before those that look back on them, grouped by facet."""
    groups = [one["group"] for one in describe_sheet(make_facts(), "framing")["questions"]]
    assert groups[:3] == ["Purpose", "Purpose", "Accountability"]
    assert groups[-1] == ""
    assert groups.index("") > groups.index("Product")


def test_lists_come_from_the_engagement() -> None:
    """Rows that a question takes from the engagement are its audiences."""
    sheet = describe_sheet(make_facts(), "audiences")
    rows = next(one["rows"] for one in sheet["questions"] if one["kind"] == "matrix")
    assert [row["label"] for row in rows] == ["The funder", "Grantees", "People who benefit"]


@pytest.mark.parametrize(("currency", "sign"), [("GBP", "£"), ("NOK", "NOK")])
def test_money_is_asked_in_the_engagements_currency(currency: str, sign: str) -> None:
    """A money column says the currency's sign, or its letters where there is none."""
    sheet = describe_sheet(make_facts(currency=currency), "resources")
    columns = [column for one in sheet["questions"] for column in one.get("columns", ()) if column["kind"] == "money"]
    assert {column["unit"] for column in columns} == {sign}


def test_sheet_holds_no_private_note() -> None:
    """A form says nothing of what an engagement's file keeps private."""
    facts = make_facts(private="canaryprivate", budget=987654.0)
    assert not any(re.search("canary|987654", json.dumps(describe_sheet(facts, name))) for name in CHAPTERS)


def test_every_word_the_scripts_say_is_there() -> None:
    """Each word that the renderer and the questionnaire look up stands in `content/forms.yaml`."""
    words, script = read_sheet_words(), read_sheet_script()
    used = set(re.findall(r"\bwords\.(?:fault\.)?(\w+)", script)) - {"fault"}
    assert len(used) > 20
    assert used <= {*words, *words["fault"]}
    assert {*words["fault"]} <= set(re.findall(r"fault\.(\w+)", script))
    assert load_wording("forms").words["questionnaire"]["title"]


def test_every_level_of_who_may_see_an_answer_has_its_words() -> None:
    """A person's levels of consent and a group's editions can all be chosen, and what holds where nothing is."""
    words = read_sheet_words()
    assert [*words["consent"]] == ["default", *Consent]
    assert [*words["edition"]] == ["default", *Edition]


def test_renderer_never_reads_text_as_html() -> None:
    """The renderer has no way to turn a text into elements or code, and imports nothing."""
    forbidden = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\b|new Function|\bimport\b|https?:"
    )
    assert not re.search(forbidden, read_sheet_script())


def test_column_names_the_rows_it_is_not_asked_in() -> None:
    """Months of secure money are asked of those who do the work, and not of those who give it or benefit."""
    (ground,) = (one for one in describe_sheet(make_facts(), "safety")["questions"] if one["id"] == "safety.ground")
    months, hangs, comfort = ground["columns"]
    assert months["not_asked"] == ["funder", "people"]
    assert hangs["not_asked"] == ["funder"]
    assert "not_asked" not in comfort


def test_practices_are_thirty_six_ratings_with_their_help_said_once() -> None:
    """First steps and who takes them are folded away and not counted until somebody names one."""
    asked = describe_sheet(make_facts(), "practices")["questions"]
    ratings = [one for one in asked if one["kind"] == "scale"]
    assert len(ratings) == 36
    assert len([one for one in ratings if one["help"]]) == 2
    assert {one["kind"] for one in asked if one.get("optional")} == {"text"}
    facts, given = make_facts(), {"practices.learning.step": {"value": "Meet"}}
    chapter = load_chapter("practices")
    counts = [describe_chapter(chapter, one, EVERYTHING, list_questions(facts)) for one in ({}, given)]
    assert [one["asked"] for one in counts] == [36, 37]
    assert counts[0]["minutes"] <= 15
