"""What moves with an answer: the verdict first, then what the chapter found, then the reading; each as if made anew."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from workbook.analysis import practices, safety
from workbook.analysis.resources import resources
from workbook.forms.lab.session import Session
from workbook.forms.saving.saving import GROUP
from workbook.model.chapters import list_chapters

EXAMPLE = Path(__file__).parents[3] / "parameters" / "example"
DRAWN = ("verdict", "finding", "reading")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the example."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "example"))


def _ask(session: Session, kind: str, **message: Any) -> dict[str, dict[str, Any]]:
    return {reply["kind"]: reply for reply in session.respond({"kind": kind, **message})}


def _answer(session: Session, voice: str, question: str, value: Any) -> dict[str, dict[str, Any]]:
    base = _ask(session, "open", voice=voice)["state"]["answers"].get(question)
    return _ask(session, "answer", voice=voice, question=question, answer={"value": value}, base=base)


@pytest.mark.parametrize(
    ("chapter", "voice", "question", "value"),
    [
        ("framing", "trustee", "framing.timing.seed", 0),
        ("discovery", "trustee", "discovery.aims", 0),
        ("permission", GROUP, "permission.challenge", "unsure"),
        ("brief", GROUP, "brief.existing", "Somebody who listens"),
    ],
)
def test_what_is_drawn_after_an_answer_is_what_a_new_form_draws(
    folder: Path, chapter: str, voice: str, question: str, value: Any
) -> None:
    """What is kept from one answer to the next never shows."""
    session = Session(folder, chapter)
    _ask(session, "draw", voice=voice)
    after = _answer(session, voice, question, value)
    anew = _ask(Session(folder, chapter), "open", voice=voice)
    assert "saved" in after
    assert [after[kind]["html"] for kind in DRAWN] == [anew[kind]["html"] for kind in DRAWN]


def test_the_verdict_follows_what_anybody_answers_about_framing(folder: Path) -> None:
    """From another chapter's form too, which draws it again only then."""
    session = Session(folder, "practices")
    first = _ask(session, "open", voice="trustee")["verdict"]["html"]
    other = _answer(session, "trustee", "practices.learning.today", 4)["verdict"]["html"]
    assert (first, first == other) == (other, True)
    assert _answer(session, "trustee", "framing.timing.seed", 4)["verdict"]["html"] != first


def test_the_verdict_does_not_wait_for_the_chapter(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is on its way before the chapter is read, which takes longest."""
    read: list[str] = []
    reads = practices.read_practices
    monkeypatch.setattr("workbook.views.practices.read_practices", lambda one: read.append("read") or reads(one))
    session = Session(folder, "practices")
    seen = [(reply["kind"], len(read)) for reply in session.respond({"kind": "draw", "voice": "trustee"})]
    assert seen == [("verdict", 0), ("finding", 1), ("reading", 1)]


@pytest.mark.parametrize(("chapter", "times"), [("discovery", 0), ("brief", 1)])
def test_no_chapter_is_read_twice_for_an_answer(
    folder: Path, monkeypatch: pytest.MonkeyPatch, chapter: str, times: int
) -> None:
    """The invitation reads every chapter, and hands them on to the agenda; a form without an agenda reads no other."""
    read: list[str] = []
    for module, name in ((safety, "safety"), (practices, "practices"), (resources, "resources")):
        reads = getattr(module, f"read_{name}")

        def count(engagement: Any, *given: Any, name: str = name, reads: Any = reads, **named: Any) -> Any:
            read.append(name)
            return reads(engagement, *given, **named)

        for place in (module, *_list_readers(name)):
            monkeypatch.setattr(place, f"read_{name}", count)
    _ask(Session(folder, chapter), "open", voice=GROUP)
    assert sorted(read) == sorted(("safety", "practices", "resources") * times)


def _list_readers(name: str) -> list[Any]:
    from workbook.analysis import resources as topic
    from workbook.analysis.brief import brief

    return [brief, topic] if name == "resources" else [brief]


def test_every_chapter_is_drawn_in_this_order(folder: Path) -> None:
    """No chapter's fault stands in the way of another part."""
    for chapter in (one.id for one in list_chapters() if one.questions):
        replies = list(Session(folder, chapter).respond({"kind": "draw", "voice": "trustee"}))
        assert [reply["kind"] for reply in replies] == list(DRAWN), replies
