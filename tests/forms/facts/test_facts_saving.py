"""Facts given in a form: each into engagement.yaml, with what a person wrote there kept, and no answer lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import workbook as wb
from workbook.errors import InputError
from workbook.forms.facts.asked import describe_facts, list_fact_questions
from workbook.forms.facts.saving import check_fact, choose_fact, save_fact, show_facts
from workbook.forms.lab.session import Session
from workbook.forms.saving.saving import FACTS, list_set_aside
from workbook.model.engagement import Facts
from workbook.storage import create_engagement, read_engagement

OWN_FILE = """\
# Mine, do not tidy.
schema: 2
title: A commission   # as the board called it
commissioner: A funder
currency: GBP
budget: 120000
audiences:
  # in the order of the board
  - {id: grantees, name: Grantees, group: delivery}
  - {id: people, name: Young people, group: people}
plan:
  - {activity: Interviews, category: data_collection, quantity: 40, unit: each, unit_cost: 450, audiences: [people]}
  - {activity: Learning days, category: facilitation, quantity: 6, unit: days, unit_cost: 2600, audiences: [grantees]}
"""
VOICE = """\
schema: 1
role: Trustee
consent: role
answers:
  audiences.points: {grantees: 60, people: 40}
  audiences.order: {grantees: {rank: 1}, people: {rank: 2}}
"""
AGREED = "schema: 1\nanswers:\n  audiences.order: {grantees: {rank: 2}, people: {rank: 1}}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of an engagement with facts typed by hand, a voice, and what the group agreed."""
    made = tmp_path / "parameters" / "a-commission"
    (made / "voices").mkdir(parents=True)
    (made / "engagement.yaml").write_text(OWN_FILE, encoding="utf-8")
    (made / "voices" / "trustee.yaml").write_text(VOICE, encoding="utf-8")
    (made / "agreed.yaml").write_text(AGREED, encoding="utf-8")
    return made


def _read(folder: Path) -> Facts:
    return read_engagement(folder).facts


def _rows(folder: Path, key: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = show_facts(folder)[key]["value"]
    return [dict(row) for row in rows]


def _draw_pages(folder: Path) -> str:
    engagement = wb.load(folder)
    summary = wb.summary.read_summary(engagement)
    front = wb.summary.show_front(summary).html
    return str(front) + str(wb.audiences.summarise(summary.audiences).html)


def test_a_fact_goes_into_the_file_and_comments_stay(folder: Path) -> None:
    """Only the one entry differs; a colon in a title is a colon."""
    save_fact(folder, "title", {"value": "Learning: with the youth fund"})
    written = (folder / "engagement.yaml").read_text(encoding="utf-8")
    changed = '"Learning: with the youth fund"  # as the board called it'
    assert written == OWN_FILE.replace("A commission   # as the board called it", changed)
    assert _read(folder).title == "Learning: with the youth fund"


@pytest.mark.parametrize(
    ("key", "given", "kept"),
    [
        ("budget", {"sum": {"exact": 90000}}, 90000),
        ("budget", "unsure", "unsure"),
        ("sentence", "a partner: one who listens\nand # asks", "a partner: one who listens\nand # asks"),
        ("workstreams", "Mentoring\n\n Family support ", ("Mentoring", "Family support")),
        ("start", "2027", "2027"),
        ("deadline", "not stated", "not_stated"),
        ("partners_sought", 2, 2),
        ("minimum_group", 6, 6),
        ("vat", "none", "none"),
    ],
)
def test_facts_of_every_kind_come_back_as_given(folder: Path, key: str, given: Any, kept: Any) -> None:
    """What the model then holds is what was given, and the form shows the same again."""
    save_fact(folder, key, {"value": given})
    assert getattr(_read(folder), key) == kept
    save_fact(folder, key, show_facts(folder)[key])
    assert getattr(_read(folder), key) == kept


def test_every_fact_of_the_shipped_example_goes_through_the_form_unchanged(folder: Path) -> None:
    """Shown and saved again, each leaves the facts as they were."""
    example = Path(__file__).parents[3] / "parameters" / "example" / "engagement.yaml"
    (folder / "engagement.yaml").write_text(example.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "voices" / "trustee.yaml").unlink()
    (folder / "agreed.yaml").unlink()
    before = _read(folder)
    (folder / "engagement.yaml").write_text("schema: 2\ntitle: Other\ncommissioner: Other\n", encoding="utf-8")
    shown = show_facts(example.parent)
    for key in sorted(shown, key=lambda key: key not in ("currency", "audiences")):
        assert not check_fact(before, key, shown[key])
        save_fact(folder, key, shown[key])
    assert _read(folder).model_dump() == before.model_dump()


def test_every_key_of_the_file_has_its_question(folder: Path) -> None:
    """What stands in the model is asked for in the form; which round is the last one comes by `new --follows`."""
    own = {"audiences_set_aside", "plan_set_aside", "follows"}
    assert set(list_fact_questions(_read(folder))) == set(Facts.model_fields) - own


def test_the_words_of_the_template_are_nobodys_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new engagement shows no title yet, and the first one given meets no other."""
    (tmp_path / "parameters").mkdir()
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    made = create_engagement("riverside").parent
    assert "title" not in show_facts(made)
    assert not save_fact(made, "title", {"value": "Riverside"}, base=None).is_conflict
    assert _read(made).title == "Riverside"
    assert "# Days as far as they are known" in (made / "engagement.yaml").read_text(encoding="utf-8")


def test_an_audience_renamed_keeps_every_answer(folder: Path) -> None:
    """Its id stays, so answers in voices and in what was agreed are still about it, and pages name it anew."""
    rows = _rows(folder, "audiences")
    rows[0]["name"] = "Organisations that do the work"
    save_fact(folder, "audiences", {"value": rows[::-1]})
    engagement = read_engagement(folder)
    assert [one.id for one in engagement.facts.audiences] == ["people", "grantees"]
    assert engagement.voices[0].answers["audiences.points"].value == {"people": 40, "grantees": 60}
    assert engagement.get_agreed("audiences.order")["people"] == {"rank": 1}
    assert "Organisations that do the work" in _draw_pages(folder)
    assert "# in the order of the board" in (folder / "engagement.yaml").read_text(encoding="utf-8")


def test_an_audience_set_aside_is_asked_about_nowhere_and_comes_back_whole(folder: Path) -> None:
    """Pages do not name it; its answers lie untouched in the files, and count again when it is brought back."""
    voice = (folder / "voices" / "trustee.yaml").read_bytes()
    rows = _rows(folder, "audiences")
    rows[1]["aside"] = "aside"
    save_fact(folder, "audiences", {"value": rows})
    assert [one.id for one in _read(folder).audiences] == ["grantees"]
    assert "Young people" not in _draw_pages(folder)
    assert wb.load(folder, "public").facts.audiences_set_aside == ()
    rows[1]["aside"] = "counts"
    save_fact(folder, "audiences", {"value": rows})
    assert read_engagement(folder).voices[0].answers["audiences.points"].value == {"grantees": 60, "people": 40}
    assert (folder / "voices" / "trustee.yaml").read_bytes() == voice


def test_an_audience_removed_with_answers_is_set_aside(folder: Path) -> None:
    """One that nobody answered about goes."""
    rows = [*_rows(folder, "audiences"), {"name": "Other funders", "group": "sector"}]
    save_fact(folder, "audiences", {"value": rows})
    assert [one.id for one in _read(folder).audiences] == ["grantees", "people", "other-funders"]
    save_fact(folder, "audiences", {"value": rows[:1]})
    facts = _read(folder)
    assert [one.id for one in facts.audiences] == ["grantees"]
    assert [one.id for one in facts.audiences_set_aside] == ["people"]
    assert facts.plan[0].audiences == ("people",)


def test_a_new_audience_never_takes_the_answers_of_one_set_aside(folder: Path) -> None:
    """Not even where its name makes the same id, nor one that looks like it."""
    rows = _rows(folder, "audiences")
    save_fact(folder, "audiences", {"value": [rows[0]]})
    save_fact(folder, "audiences", {"value": [*_rows(folder, "audiences"), {"name": "People", "group": "other"}]})
    engagement = read_engagement(folder)
    assert [one.id for one in engagement.facts.audiences] == ["grantees", "people-2"]
    assert engagement.voices[0].answers["audiences.points"].value == {"grantees": 60}


def test_an_answer_given_while_an_audience_is_set_aside_keeps_what_was_said_about_it(folder: Path) -> None:
    """The form shows one row, and the other is still in the file when that row is answered anew."""
    save_fact(folder, "audiences", {"value": _rows(folder, "audiences")[:1]})
    base = {"value": {"grantees": {"rank": 1}, "people": {"rank": 2}}}
    answer = {"value": {"grantees": "unsure"}}
    message = {"kind": "answer", "voice": "trustee", "question": "audiences.order", "answer": answer, "base": base}
    replies = {reply["kind"]: reply for reply in Session(folder, "audiences").respond(message)}
    assert replies["saved"]["answer"] == {"value": {"grantees": "unsure", "people": {"rank": 2}}}


def test_a_plan_line_set_aside_counts_nowhere_and_is_kept(folder: Path) -> None:
    """The money it would take is not in the plan's sum any more; brought back, it is."""
    rows = _rows(folder, "plan")
    rows[0]["aside"] = "aside"
    rows[1]["activity"] = "Learning days, twice a year"
    save_fact(folder, "plan", {"value": rows})
    assert [line.activity for line in _read(folder).plan] == ["Learning days, twice a year"]
    assert sum(line.cost for line in _read(folder).plan) == 15600
    rows[0]["aside"] = "counts"
    save_fact(folder, "plan", {"value": rows})
    assert sum(line.cost for line in _read(folder).plan) == 15600 + 18000


def test_what_could_not_be_read_again_is_refused(folder: Path) -> None:
    """The file stays as it was, and every problem is told."""
    before = (folder / "engagement.yaml").read_bytes()
    for key, given in (("start", "whenever"), ("currency", "pounds"), ("title", None)):
        with pytest.raises(InputError):
            save_fact(folder, key, None if given is None else {"value": given})
    assert (folder / "engagement.yaml").read_bytes() == before
    faults = check_fact(_read(folder), "budget", {"value": {"sum": {"exact": 1, "high": 2}}})
    assert faults[0]["inside"] == "sum.exact"
    assert check_fact(_read(folder), "budget", {"value": {"sum": {"low": 1}}})[0]["inside"] == "sum.high"


def test_a_fact_changed_in_two_windows_keeps_both(folder: Path) -> None:
    """The newer one stands, the other waits for a choice and can be put back."""
    base = {"value": "A commission"}
    save_fact(folder, "title", {"value": "Theirs"}, base=base)
    assert save_fact(folder, "title", {"value": "Mine"}, base=base).is_conflict
    assert _read(folder).title == "Mine"
    choose_fact(folder, "title", {"value": "Theirs"}, standing={"value": "Mine"}, take=True)
    assert _read(folder).title == "Theirs"
    assert not list_set_aside(folder, FACTS)


def test_a_file_of_an_older_schema_is_brought_forward_where_it_is_changed(folder: Path) -> None:
    """Who commissions it with whom is kept under the key of today."""
    old = "schema: 1\ntitle: Old  # ours\ncommissioner: A\npartners: [A, B]\nbudget: 5\n"
    (folder / "engagement.yaml").write_text(old, encoding="utf-8")
    (folder / "voices" / "trustee.yaml").unlink()
    (folder / "agreed.yaml").unlink()
    save_fact(folder, "commissioned_with", {"value": "B\nC"})
    facts = _read(folder)
    assert facts.commissioned_with == ("B", "C")
    assert facts.currency == "GBP"
    assert "# ours" in (folder / "engagement.yaml").read_text(encoding="utf-8")


def test_how_answers_are_kept_is_a_fact_like_any_other(folder: Path) -> None:
    """It goes into the file as the questionnaire reads it, comes back, and can be taken out."""
    told = {"by": "The programme team", "until": "2027-03-31", "ask": "The officer, by phone"}
    answer = {"value": {"kept": told}}
    assert check_fact(_read(folder), "answers_kept", answer) == []
    save_fact(folder, "answers_kept", answer)
    kept = _read(folder).answers_kept
    assert (kept.by, str(kept.until), kept.ask, kept.why) == (*told.values(), None)
    assert show_facts(folder)["answers_kept"] == answer
    save_fact(folder, "answers_kept", None)
    assert _read(folder).answers_kept.by is None
    assert "answers_kept" not in show_facts(folder)


ROUND = """\
follows: before
# As we wrote them down in January.
promises:
  - {id: shorter-form, what: Cut the form to one page, who: The director, to: [grantees], by: 2027-12, edition: public}
  - {id: learning-days, what: Come to each learning day}
"""


@pytest.fixture
def followed(folder: Path) -> Path:
    """Return the folder of a next round in which somebody has said whether one of two promises was kept."""
    (folder / "engagement.yaml").write_text(OWN_FILE + ROUND, encoding="utf-8")
    voice = VOICE.replace("answers:\n", "answers:\n  rounds.received: {shorter-form: {kept: partly}}\n")
    (folder / "voices" / "trustee.yaml").write_text(voice, encoding="utf-8")
    return folder


def test_promises_are_edited_and_what_was_said_of_them_stays_theirs(followed: Path) -> None:
    """Other words keep the id, a new row gets one, a row nobody spoke of goes; comments and the rest stay."""
    first, _ = _rows(followed, "promises")
    rows = [{**first, "what": "Cut the form to two pages"}, {"what": "Pay for time", "to": ["people"], "by": "unsure"}]
    save_fact(followed, "promises", {"value": rows})
    promises = _read(followed).promises
    assert [(one.id, one.what, one.to, str(one.by)) for one in promises] == [
        ("shorter-form", "Cut the form to two pages", ("grantees",), "2027-12"),
        ("pay-for-time", "Pay for time", ("people",), "unsure"),
    ]
    written = (followed / "engagement.yaml").read_text(encoding="utf-8")
    assert "# As we wrote them down in January." in written
    assert "budget: 120000\n" in written
    reading = wb.rounds.read_rounds(wb.load(followed))
    assert next((one.promise.what, one.state) for one in reading.promises) == ("Cut the form to two pages", "partly")


def test_a_promise_of_which_somebody_said_whether_it_was_kept_is_not_dropped(followed: Path) -> None:
    """The form says which row to put back, and nothing is written; without that answer the row may go."""
    before = (followed / "engagement.yaml").read_text(encoding="utf-8")
    _, second = _rows(followed, "promises")
    for left in ({"value": [second]}, None):
        with pytest.raises(InputError, match="put this one back, or change its words: Cut the form to one page"):
            save_fact(followed, "promises", left)
    assert (followed / "engagement.yaml").read_text(encoding="utf-8") == before
    (followed / "voices" / "trustee.yaml").write_text(VOICE, encoding="utf-8")
    save_fact(followed, "promises", {"value": [second]})
    assert [one.id for one in _read(followed).promises] == ["learning-days"]


def test_the_form_of_a_first_round_asks_for_no_promises(folder: Path, followed: Path) -> None:
    """There is nothing that could have been kept; a next round's form shows what was promised."""
    asked = [one["id"] for one in describe_facts(_read(followed))["questions"]]
    assert {"promises", "spent"} <= set(asked)
    (folder / "engagement.yaml").write_text(OWN_FILE, encoding="utf-8")
    (folder / "voices" / "trustee.yaml").write_text(VOICE, encoding="utf-8")
    assert not {"promises", "spent"} & {one["id"] for one in describe_facts(_read(folder))["questions"]}
