"""Labels of voices that share a role: told apart, and the same whoever joins."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import SMALLEST, make_engagement, make_voice, write_engagement
from workbook.model.answers import Edition
from workbook.model.editions import redact
from workbook.model.engagement import Engagement
from workbook.model.voice_names import list_ids, read_number
from workbook.storage import read_engagement

QUESTION = "framing.purpose.seed"
GRANTEES = ("grantee", "grantee-2", "grantee-3", "grantee-10", "jo", "kim", "ada-2")


def _make_grantees(*ids: str) -> Engagement:
    return make_engagement(*(make_voice("Grantee", {QUESTION: n % 5}, id=id_) for n, id_ in enumerate(ids)))


def test_labels_have_the_numbers_of_the_files_in_the_order_people_count(tmp_path: Path) -> None:
    """The first grantee's file has no number and is the first; the tenth comes after the second."""
    ids = ("grantee-10", "grantee-2", "grantee")
    files = {f"voices/{id_}.yaml": "schema: 1\nrole: Grantee\n" for id_ in ids}
    labels = read_engagement(write_engagement(tmp_path / "mine", {"engagement.yaml": SMALLEST, **files})).labels
    assert list(labels.items()) == [("grantee", "Grantee 1"), ("grantee-2", "Grantee 2"), ("grantee-10", "Grantee 10")]


def test_a_file_not_named_after_the_role_is_told_apart_by_its_name() -> None:
    """Files that a person named keep that name as their mark, which no newcomer changes."""
    labels = _make_grantees("grantee-2", "jo", "kim-2").labels
    assert labels == {"grantee-2": "Grantee 2", "jo": "Grantee jo", "kim-2": "Grantee kim-2"}


def test_a_role_that_ends_in_a_number_is_no_other_roles_number() -> None:
    """Somebody whose role is Panel 2 keeps it, and the second of them is not the third of the panel."""
    voices = [make_voice(role, {}, id=id_) for id_, role in (("panel-2", "Panel 2"), ("panel", "Panel"))]
    more = [make_voice(role, {}, id=id_) for id_, role in (("panel-2-2", "Panel 2"), ("panel-3", "Panel"))]
    labels = make_engagement(*voices, *more).labels
    assert labels == {"panel": "Panel 1", "panel-2": "Panel 2 1", "panel-2-2": "Panel 2 2", "panel-3": "Panel 3"}


@given(st.lists(st.sampled_from(GRANTEES), min_size=3, unique=True))
def test_a_newcomer_changes_nobodys_label(ids: list[str]) -> None:
    """Whoever joins last, where two are there already, all others are called what they were called before."""
    before, after = _make_grantees(*ids[:-1]).labels, _make_grantees(*ids).labels
    assert {id_: after[id_] for id_ in ids[:-1]} == before
    assert len(set(after.values())) == len(ids)


def test_shared_editions_count_and_do_not_say_which_file() -> None:
    """Outside the private edition a number says nothing of a file, nor of who is left out."""
    answer = {"value": "said", "consent": "none"}
    voices = [make_voice("Grantee", {"a.text": answer if id_ == "jo" else "said"}, id=id_) for id_ in GRANTEES]
    shown = redact(make_engagement(*voices), Edition.PUBLIC, words={"a.text": True})
    assert sorted(shown.labels.values()) == [f"Grantee {number}" for number in range(1, len(GRANTEES))]


@pytest.mark.parametrize(("role", "stem"), [("Con", "con-voice"), ("AUX", "aux-voice"), ("Com1", "com1-voice")])
def test_no_voices_file_has_a_name_that_windows_keeps_for_itself(role: str, stem: str) -> None:
    """A folder that is copied to Windows, or synchronised with it, opens there."""
    assert list(islice(list_ids(role), 2)) == [stem, f"{stem}-2"]
    assert read_number(f"{stem}-2", role) == "2"


def test_ids_come_from_the_role_and_fit_a_file_name() -> None:
    """However long or strange a role is, its ids are names that a file of the workbook may have."""
    assert list(islice(list_ids("Grants manager"), 2)) == ["grants-manager", "grants-manager-2"]
    assert len(next(list_ids("long " * 99))) <= 50
    assert next(list_ids("\u2026")) == "voice"
