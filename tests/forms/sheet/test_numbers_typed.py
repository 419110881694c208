"""Numbers as people type them: one reading is taken and shown, two are asked about, another currency is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from workbook.forms.questionnaire.questionnaire import write_questionnaire
from workbook.forms.sheet.sheet import read_sheet_script
from workbook.forms.ways.numbers import find_other_currency, read_number
from workbook.model.questions import NumberQuestion

EURO = {"kind": "money", "unit": "€", "code": "EUR", "groups": "", "minimum": 0, "maximum": 1e12}
POUND = {**EURO, "unit": "£", "code": "GBP", "groups": ","}
NO_CURRENCY = {**EURO, "unit": "", "code": ""}
MONTHS = {"kind": "number", "unit": "months", "groups": "", "minimum": 1, "maximum": 60, "whole": True}
READ = [
    (EURO, "12.000", [12000, 12]),
    (EURO, "1.500", [1500, 1.5]),
    (EURO, "€ 1.500", [1500, 1.5]),
    (EURO, "1,500", [1500, 1.5]),
    (EURO, "120.000 EUR", [120000, 120]),
    (POUND, "12.000", [12000, 12]),
    (POUND, "£1,500", [1500]),
    (POUND, "1,200.50", [1200.5]),
    (EURO, "1.200,50", [1200.5]),
    (EURO, "1.200.000", [1200000]),
    (EURO, "12,5", [12.5]),
    (EURO, "0.125", [0.125]),
    (EURO, "12 000,50 €", [12000.5]),
    (EURO, "12\u202f000", [12000]),
    (EURO, "12’000", [12000]),
    (EURO, "1234.567", [1234.567]),
    (EURO, "12.00", [12]),
    (NO_CURRENCY, "£1,200.50", [1200.5]),
    (NO_CURRENCY, "1200 EUR", [1200]),
    (NO_CURRENCY, "$ 5", [5]),
    (NO_CURRENCY, "12 kr", [12]),
    (NO_CURRENCY, "12.000 €", [12000, 12]),
    (NO_CURRENCY, "£12 EUR", []),
    (NO_CURRENCY, "12 or", []),
    ({**MONTHS, "unit": ""}, "£12", []),
    (MONTHS, "12.000", [12]),
    (MONTHS, "18 months", [18]),
    (MONTHS, "1.5", []),
    (EURO, "12 or 13", []),
    (EURO, "1.2.3", []),
    (EURO, "1,20,0", []),
    (EURO, "", []),
]
FOREIGN = [
    (EURO, "$500", "$"),
    (EURO, "500 GBP", "GBP"),
    (POUND, "€12", "€"),
    (POUND, "12 CHF", "CHF"),
    (EURO, "12 kr", "kr"),
]


@pytest.fixture(scope="module")
def read(form_browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return what the form makes of texts, by their questions."""
    path: Path = tmp_path_factory.mktemp("numbers") / "page.html"
    script = f"{read_sheet_script()}\nwindow.readNumber = readNumber;"
    path.write_text(
        f'<!doctype html><html lang="en-GB"><title>x</title><script type="module">{script}</script>', "utf-8"
    )

    def ask(pairs: list[tuple[dict[str, Any], str]]) -> list[dict[str, Any]]:
        look = f"{json.dumps(pairs)}.map(([asked, text]) => readNumber(text, asked))"
        found: list[dict[str, Any]] = form_browser.drive(path, lambda page: page.evaluate(look))
        return found

    return ask


def test_every_number_a_text_can_mean_is_found(read: Any) -> None:
    """A point and a comma each may group thousands or begin a fraction; what the question allows decides the rest."""
    found = read([(asked, text) for asked, text, _ in READ])
    assert [one["values"] for one in found] == [values for *_, values in READ]


def test_a_file_is_read_by_the_rules_of_the_form() -> None:
    """What a cell of a facilitator's workbook or of a survey's export can mean is what the form would make of it."""
    for asked, text, values in READ:
        if asked.get("unit") or asked["kind"] == "number":
            kept = {key: asked[key] for key in ("kind", "unit", "minimum", "maximum", "whole") if key in asked}
            question = NumberQuestion.model_validate({"id": "cost", "text": "Cost", **kept})
            assert read_number(text, question) == values, text
    for asked, text, sign in FOREIGN:
        question = NumberQuestion.model_validate({"id": "cost", "text": "Cost", "kind": "money", "unit": asked["unit"]})
        assert (read_number(text, question), find_other_currency(text, question)) == ([], sign)


def test_another_currency_is_named(read: Any) -> None:
    """A sign or a code of another currency in front or behind is never dropped."""
    found = read([(asked, text) for asked, text, _ in FOREIGN])
    assert found == [{"values": [], "sign": sign, "foreign": sign} for *_, sign in FOREIGN]


def test_money_is_shown_as_it_was_read(form_browser: Any, sheet_page: Path) -> None:
    """While it is typed, beside the field; nothing is shown for what has two readings, and leaving asks with both."""

    def fill(page: Any) -> list[Any]:
        field = page.locator("[data-question='framing.cost'] .ss-frame input[type=text]")
        shown = page.locator("[data-question='framing.cost'] .ss-read")
        field.fill("1,200.5")
        one = [shown.text_content(), shown.get_attribute("aria-live")]
        field.fill("1.200")
        two = shown.text_content()
        page.locator("[data-question='framing.count'] .ss-frame input[type=text]").focus()
        error = page.locator("[data-question='framing.cost'] .ss-error")
        error.wait_for()
        return [one, two, error.text_content(), page.find_axe_faults()]

    one, two, error, faults = form_browser.drive(sheet_page, fill)
    assert one == ["read as £1,200.5", None]
    assert two == ""
    assert 'You typed "1.200". Do you mean 1200 or 1.2?' in error
    assert faults == []


def test_money_without_a_currency_takes_a_sign_and_shows_it(form_browser: Any, every_kind: Path) -> None:
    """Where the engagement names no currency, an amount typed with one is taken, and shown with the sign it had."""
    facts = every_kind / "parameters" / "commission" / "engagement.yaml"
    facts.write_text(facts.read_text("utf-8").replace('"currency": "GBP", ', ""), encoding="utf-8")
    form = write_questionnaire("commission")

    def fill(page: Any) -> list[Any]:
        field = page.locator("[data-question='framing.cost'] .ss-frame input[type=text]")
        field.fill("£1,200.50")
        page.locator("[data-question='framing.count'] .ss-frame input[type=text]").focus()
        shown = page.locator("[data-question='framing.cost'] .ss-read").text_content()
        return [shown, page.locator("[data-question='framing.cost'] .ss-error").text_content()]

    assert form_browser.drive(form, fill) == ["read as £1,200.5", ""]
