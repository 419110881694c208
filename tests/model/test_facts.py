"""Facts a commissioner has: loose dates, ranges, ceilings, what is not stated; and files of the first schema."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from builders import make_engagement, make_facts, make_voice, redact_for, write_engagement
from workbook.analysis.discovery.discovery import read_discovery
from workbook.analysis.start_here import read_start_here
from workbook.content import BEHIND_A_SIGN, read_template
from workbook.errors import InputError
from workbook.model.engagement import Engagement, Facts
from workbook.model.lengths import count_months
from workbook.model.loose_days import find_span
from workbook.storage import load_engagement
from workbook.views import brief, start_here
from workbook.views.pieces.facts import write_day

SECOND = "schema: 2\ntitle: A commission\ncommissioner: A funder\n"


def load(folder: Path, text: str, **voices: str) -> Engagement:
    """Load an engagement whose facts are `text`."""
    files = {f"voices/{name}.yaml": voice for name, voice in voices.items()}
    return load_engagement(write_engagement(folder / "mine", {"engagement.yaml": text, **files}))


def explain(folder: Path, text: str) -> str:
    """Return what is said of a file that has problems."""
    with pytest.raises(InputError) as caught:
        load(folder, text)
    return str(caught.value)


@pytest.mark.parametrize(
    ("typed", "first", "last", "shown"),
    [
        ("2027", date(2027, 1, 1), date(2027, 12, 31), "2027"),
        ("2027-Q1", date(2027, 1, 1), date(2027, 3, 31), "the first quarter of 2027"),
        ("2027-02", date(2027, 2, 1), date(2027, 2, 28), "February 2027"),
        ("by June 2027", date(2027, 6, 1), date(2027, 6, 30), "by June 2027"),
        ("late 2025", date(2025, 9, 1), date(2025, 12, 31), "late 2025"),
        ("about March 2030", date(2030, 3, 1), date(2030, 3, 31), "about March 2030"),
    ],
)
def test_a_loose_day_is_kept_shown_and_no_more_exact_than_it_is(
    tmp_path: Path, typed: str, first: date, last: date, shown: str
) -> None:
    """It comes from the file as typed, survives a snapshot, and says which days it may mean."""
    facts = load(tmp_path, f"{SECOND}start: {typed}\n").facts
    assert facts.start == typed
    assert Facts.model_validate_json(facts.model_dump_json()) == facts
    assert find_span(facts.start) == (first, last)
    assert write_day(facts.start) == shown


def test_an_exact_day_stays_a_day() -> None:
    """A day written out is no loose one, also after a snapshot."""
    facts = make_facts(start="2027-01-11")
    assert Facts.model_validate_json(facts.model_dump_json()).start == date(2027, 1, 11)


@pytest.mark.parametrize("typed", ["soon", "2027-Q5", "2027-13", "99", "by Smarch 2027"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    """Nothing is guessed from words that name no time."""
    with pytest.raises(ValidationError):
        make_facts(start=typed)


@pytest.mark.parametrize(
    ("said", "months"),
    [
        ("up to five years, reviewed each year", 60),
        ("18 months", 18),
        ("two and a half years", 30),
        ("as agreed", None),
    ],
)
def test_a_length_in_words_is_counted_in_months(said: str, months: float | None) -> None:
    """Discovery learns how long the work runs, where the words say it."""
    assert count_months(said) == months
    amount = read_discovery(make_engagement(facts=make_facts(length=said)), points=()).amounts["months"]
    assert amount.value == months


def test_a_length_over_loose_years_is_known() -> None:
    """2023 to 2027 is not "not known" beside the rule that asks how long the work runs."""
    facts = make_facts(start="2023", end="2027")
    amount = read_discovery(make_engagement(facts=facts), points=()).amounts["months"]
    assert (amount.origin, round(amount.value or 0)) == ("facts", 60)


def test_each_place_after_the_first_adds_to_discovery() -> None:
    """Places are a line of the rule as soon as the facts name them."""
    one, three = (
        read_discovery(make_engagement(facts=make_facts(places=places)), points=())
        for places in (["A"], ["A", "B", "C"])
    )
    assert three.weeks[0] == pytest.approx(one.weeks[0] + 0.2)
    assert [line.name for line in one.lines if line.name == "places"] == ["places"]


@pytest.mark.parametrize(
    ("budget", "most", "shown"),
    [
        ("120000", 120_000, "£120,000"),
        ("{low: 100000, high: 150000}", 150_000, "£100,000 to £150,000"),
        ("{up_to: 160000}", 160_000, "up to £160,000"),
        ("not_stated", None, "not stated in what we read"),
        ("unsure", None, "not known yet"),
    ],
)
def test_a_budget_is_shown_as_it_is_known(tmp_path: Path, budget: str, most: float | None, shown: str) -> None:
    """A range and a ceiling are no single sum; not stated, and not known, are two things."""
    engagement = load(tmp_path, f"{SECOND}currency: GBP\nbudget: {budget}\nvat: included\n")
    assert engagement.facts.most_money == most
    assert shown.casefold() in str(start_here.list_facts(read_start_here(engagement)).html).casefold()


def test_no_currency_is_assumed(tmp_path: Path) -> None:
    """A sum without its currency is asked about; without a sum none is needed."""
    said = explain(tmp_path, f"{SECOND}budget: 120000\n")
    assert "currency" in said
    assert "add a line currency: GBP" in said
    assert load(tmp_path, SECOND).facts.currency == ""


def test_a_range_that_ends_before_it_begins_is_turned_round(tmp_path: Path) -> None:
    """The remedy is the line as it should be."""
    said = explain(tmp_path, f"{SECOND}currency: GBP\nbudget: {{low: 9000, high: 100}}\n")
    assert "budget: {low: 100, high: 9000}" in said


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("currency: US$", "type USD"),
        ("currency: gbp", "type GBP"),
        ("places: Leeds, Hull", "type places: [Leeds, Hull]"),
        ("audiences: [{id: a, name: A, group: funder}]", "type funders"),
        ("kind: public call", "type public-call"),
        ("vat: include", "type included"),
        ("start: 6 August 2025", "type 2025-08-06"),
        ("start: 06/08/2025", "type 2025-08-06 or 2025-06-08"),
        ("budget: £120k", "type 120000, if that is in the currency of this file"),
        ("budget: € 1.500", "type 1500 or 1.50, if that"),
        ("budget: $12,000", "type 12000 or 12, if that"),
        ("budget: 120 k", "type 120000"),
        ("partners: [A, B]", "commissioned_with"),
        ("timetable: [{what: It begins, when: 3rd May 2027}]", "type 2027-05-03"),
    ],
)
def test_what_cannot_be_read_gets_the_nearest_right_thing_to_type(tmp_path: Path, line: str, remedy: str) -> None:
    """The remedy is what this person most likely meant, not an example of somebody else's."""
    assert remedy in explain(tmp_path, f"{SECOND}{line}\n")


def test_a_file_of_the_first_schema_goes_on_working(tmp_path: Path) -> None:
    """Its partners become those it is commissioned with, itself left out; its sums stay in pounds; a reader is told."""
    old = "schema: 1\ntitle: T\ncommissioner: A funder\npartners: [A funder, A council]\nbudget: 500\n"
    voice = "schema: 1\nrole: Desk reading by somebody\nconsent: role\nanswers: {framing.purpose.seed: 3}\n"
    other = "schema: 1\nrole: Lead\nanswers: {framing.purpose.seed: 3}\n"
    engagement = load(tmp_path, old, reader=voice, lead=other)
    assert engagement.facts.commissioned_with == ("A council",)
    assert engagement.facts.currency == "GBP"
    assert {voice.role: voice.reads_call for voice in engagement.voices} == {
        "Desk reading by somebody": True,
        "Lead": False,
    }


def test_the_template_shows_every_key_and_is_valid_with_all_of_them(tmp_path: Path) -> None:
    """`workbook new` leaves no key to be found elsewhere, and what it shows can be taken as it is."""
    whole = BEHIND_A_SIGN.sub("", read_template()).replace("SLUG", "mine")
    for name in Facts.model_fields:
        assert f"\n{name}:" in whole, name
    assert load(tmp_path, whole).facts.partners_sought == 1


FULL = {
    "sentence": "a partner",
    "commissioned_with": ["The council beside us"],
    "others_at_work": ["An evaluator at work"],
    "places": ["Northtown"],
    "partners_sought": 2,
    "programme": "The programme of it",
    "programme_budget": {"low": 11_000.0, "high": 22_000.0},
    "length": "seven years or so",
    "deadline": "2027-03-04",
    "timetable": [{"what": "The day of talks", "when": "2027-Q3"}],
    "as_of": "2026-05",
    "workstreams": ["Mentoring of people"],
    "questions_kept": "in the cupboard",
}


def test_every_fact_that_can_be_written_down_is_shown() -> None:
    """The first page names each; the brief names what a bidder has to know."""
    engagement = make_engagement(facts=make_facts(**FULL))
    first = str(start_here.list_facts(read_start_here(engagement)).html)
    for words in (
        *("The council beside us", "An evaluator at work", "Northtown", "£11,000 to £22,000", "seven years or so"),
        *("4 March 2027", "The day of talks", "the third quarter of 2027", "May 2026", "in the cupboard"),
    ):
        assert words in first, words
    reading = brief.read_brief(engagement)
    invitation = "".join(str(block.html) for block in (brief.show_purpose(reading), brief.show_terms(reading)))
    for words in ("The council beside us", "4 March 2027", "The day of talks", "seven years or so", "Northtown"):
        assert words in invitation, words


def test_a_source_without_a_year_is_named_without_one() -> None:
    """Nothing stands where the year would be."""
    facts = make_facts(source=[{"title": "A page", "organisation": "A funder", "where": "on the web"}])
    reading = brief.read_brief(make_engagement(facts=facts))
    assert "A page, A funder, on the web" in str(brief.note_provenance(reading).html)


def test_it_is_said_who_was_invited_and_who_has_not_answered() -> None:
    """The private page names the roles nobody of whom has answered; a change of answers changes it."""
    invited = [{"role": "Grantee", "count": 12}, {"role": "Young person", "count": 8}]
    facts = make_facts(invited=invited)
    one = make_engagement(make_voice("Grantee", {"framing.purpose.seed": 3}), facts=facts)
    both = make_engagement(*one.voices, make_voice("Young person", {"framing.purpose.seed": 1}), facts=facts)
    assert "1 of 20 has answered; nobody yet of: Young person" in str(start_here.list_facts(read_start_here(one)).html)
    assert "2 of 20 have answered<" in str(start_here.list_facts(read_start_here(both)).html)


def test_a_role_inside_another_role_is_not_taken_for_it() -> None:
    """A team lead has not answered for a lead; a lead with a number, or behind a name, has."""
    facts = make_facts(invited=[{"role": "Lead", "count": 2}, {"role": "Team lead", "count": 1}])
    team = make_engagement(make_voice("Team lead", {"framing.purpose.seed": 3}), facts=facts)
    assert "nobody yet of: Lead<" in str(start_here.list_facts(read_start_here(team)).html)


@pytest.mark.parametrize("edition", ["partners", "public"])
def test_no_shared_edition_holds_who_was_invited(edition: str) -> None:
    """Who was asked, set beside who is shown, would tell who refused: no shared page's process has the list."""
    facts = make_facts(invited=[{"role": "Grantee", "count": 12}])
    voices = [make_voice(f"Voice {n}", {"framing.purpose.seed": n % 5}, consent="aggregate") for n in range(6)]
    shared = redact_for(make_engagement(*voices, facts=facts), edition)
    assert shared.facts.invited == ()
    assert "answered" not in start_here.write_turnout(read_start_here(shared).turnout)


def test_whoever_was_not_invited_is_not_counted_as_one_who_was() -> None:
    """An answer of a role that was not invited is no part of the turnout; one of an invited role is."""
    facts = make_facts(invited=[{"role": "Adviser", "count": 8}])
    other = make_engagement(make_voice("Young adviser", {"framing.purpose.seed": 3}), facts=facts)
    own = make_engagement(*other.voices, make_voice("Adviser", {"framing.purpose.seed": 1}), facts=facts)
    assert "0 of 8 have answered; nobody yet of: Adviser" in str(start_here.list_facts(read_start_here(other)).html)
    assert "1 of 8 has answered<" in str(start_here.list_facts(read_start_here(own)).html)


def test_a_changed_copy_of_an_engagement_knows_nothing_of_what_it_was() -> None:
    """Who answered what, and how a page names them, is what the copy holds."""
    whole = make_engagement(make_voice("Officer", {"discovery.aims": 1}), make_voice("Trustee", {"discovery.aims": 3}))
    assert len(whole.list_responses("discovery.aims")) == len(whole.labels) == 2
    left = whole.model_copy(update={"voices": whole.voices[1:]})
    assert [one.value for one in left.list_responses("discovery.aims")] == [3]
    assert list(left.labels) == [whole.voices[1].id]
