"""A published tender becomes an engagement: what it says is taken, guesses are marked, the rest is listed as open."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbook import storage
from workbook.errors import InputError
from workbook.intake.ocds import create_from_ocds
from workbook.model.engagement import Facts

TENDER: dict[str, Any] = {
    "title": "A learning partner for the &apos;harbour&apos; fund",
    "description": "The council seeks a partner.\nIt is to learn with us.",
    "value": {"amount": 160000, "currency": "GBP"},
    "contractPeriod": {"startDate": "2026-04-01T00:00:00+01:00", "endDate": "2028-03-31T23:59:59+01:00"},
}
RELEASE: dict[str, Any] = {
    "ocid": "ocds-abc123-1",
    "date": "2026-01-05T10:00:00Z",
    "buyer": {"name": "A council"},
    "parties": [{"name": "A council", "roles": ["buyer"]}, {"name": "A trust", "roles": ["procuringEntity"]}],
    "tender": TENDER,
}
NUMBERS = count()


def _take(project: Path, release: Any) -> tuple[Facts, str]:
    slug = f"taken-{next(NUMBERS)}"
    (project / "notice.json").write_text(json.dumps(release), encoding="utf-8")
    made = create_from_ocds(slug, project / "notice.json")
    return storage.load_engagement(slug).facts, made.path.read_text(encoding="utf-8")


def _change(**tender: Any) -> dict[str, Any]:
    return RELEASE | {"tender": {key: value for key, value in (TENDER | tender).items() if value is not None}}


def test_what_a_notice_says_is_taken(project: Path) -> None:
    """Title, buyer, others who buy, money and days, each day as the notice writes it."""
    facts, _ = _take(project, RELEASE)
    assert facts.title == "A learning partner for the 'harbour' fund"
    assert (facts.commissioner, facts.commissioned_with) == ("A council", ("A trust",))
    assert (facts.budget, facts.currency, facts.vat) == (160000, "GBP", "unsure")
    assert (str(facts.start), str(facts.end)) == ("2026-04-01", "2028-03-31")
    assert [(one.organisation, one.year) for one in facts.source] == [("A council", 2026)]
    assert facts.sentence is None  # its grammar would not fit; the words stand behind a # to start from


def test_what_a_notice_does_not_say_is_listed(project: Path) -> None:
    """Without a value and without days, both are among what is not stated, and neither is made up."""
    facts, _ = _take(project, _change(value=None, contractPeriod={"durationInDays": 720}))
    assert (facts.budget, facts.start, facts.end) == (None, None, None)
    assert "What the work may cost" in facts.not_stated
    assert "When the work starts: it is to last 720 days" in facts.not_stated
    whole, _ = _take(project, RELEASE)
    assert "What the work may cost" not in whole.not_stated


@pytest.mark.parametrize(
    ("tender", "budget", "mark"),
    [
        ({"value": {"amount": 0, "currency": "GBP"}}, None, None),
        ({"value": {"amount": "much"}}, None, None),
        ({"value": {"amount": True}}, None, None),
        ({"value": None, "minValue": {"amount": 7, "currency": "EUR"}}, 7, "only the least value is given"),
        ({"value": None, "lots": [{"value": {"amount": 3}}, {"value": {"amount": 4}}]}, 7, "lots added up"),
        ({"value": None, "lots": [{"value": {"amount": 3}}, {}]}, None, None),
    ],
)
def test_money_is_taken_only_where_it_is_said(project: Path, tender: dict[str, Any], budget: Any, mark: Any) -> None:
    """The value, else all lots together, else the least; what is not whole is not stated, what is a guess is marked."""
    facts, text = _take(project, _change(**tender))
    assert facts.budget == budget
    assert (mark is None) or f"# guess: {mark}" in text.replace("the values of the ", "")


def test_days_are_taken_from_lots_and_reckoned_from_a_duration(project: Path) -> None:
    """The first and the last day of any lot; an end reckoned from a duration is marked as such."""
    lots = [{"contractPeriod": {"startDate": f"2026-0{n}-01", "endDate": f"2027-0{n}-01"}} for n in (5, 3)]
    facts, text = _take(project, _change(contractPeriod=None, lots=lots))
    assert (str(facts.start), str(facts.end)) == ("2026-03-01", "2027-05-01")
    assert "# guess: the first day of any lot" in text
    facts, text = _take(project, _change(contractPeriod={"startDate": "2026-01-01", "durationInDays": 10}))
    assert str(facts.end) == "2026-01-11"
    assert "# guess: worked out from a duration of 10 days" in text


def test_an_end_before_the_start_is_left_out(project: Path) -> None:
    """A notice whose days are swapped gives an engagement that can be checked."""
    facts, _ = _take(project, _change(contractPeriod={"startDate": "2028-01-01", "endDate": "2026-01-01"}))
    assert (facts.start, facts.end) == ("unsure", "unsure")


@pytest.mark.parametrize(
    "wrap",
    [
        lambda one: {"releases": [one]},
        lambda one: {"records": [{"compiledRelease": one}]},
        lambda one: [one | {"date": "2020-01-01T00:00:00Z", "tender": {"title": "Old"}}, one],
    ],
)
def test_packages_and_records_are_opened(project: Path, wrap: Any) -> None:
    """Of several releases of one tender the newest counts."""
    assert _take(project, wrap(RELEASE))[0].budget == 160000


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "a release with a tender"),
        ({"releases": [RELEASE, RELEASE | {"ocid": "other"}]}, "one tender"),
        ("words", "a release with a tender"),
    ],
)
def test_what_is_no_tender_is_refused(project: Path, given: Any, said: str) -> None:
    """The message says what to ask for, and nothing is made."""
    with pytest.raises(InputError, match=said):
        _take(project, given)
    assert not list((project / "parameters").iterdir())


PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
KEYS = st.sampled_from([*TENDER, *RELEASE, "lots", "amount", "name"])
JSON = st.recursive(
    PLAIN | st.text(st.characters(codec="utf-8"), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
RELEASES = st.dictionaries(st.sampled_from([*RELEASE, "awards", "links", "id"]), JSON)
TENDERS = st.dictionaries(st.sampled_from([*TENDER, "lots", "items", "minValue"]), JSON)


@given(RELEASES, TENDERS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_file_makes_a_traceback(project: Path, release: dict[str, Any], tender: dict[str, Any]) -> None:
    """Whatever stands where, the engagement that comes out can be read, and has a title and a commissioner."""
    facts, _ = _take(project, release | {"tender": tender})
    assert facts.title
    assert facts.commissioner
