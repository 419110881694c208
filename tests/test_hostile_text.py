"""Hostile text in every free-text field of an engagement changes no structure of any page. Through the real batch."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest

from canaries import FACTS, make_answer
from workbook.model.base import LONGEST_NAME
from workbook.model.chapters import list_questions
from workbook.model.engagement import Facts

ROOT = Path(__file__).parent.parent
REPORTS = ("summary", "report", "brief")
HOSTILE = {
    "markup": "</p></section></main><script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)> "
    '" onmouseover="alert(1)" \' x=\' javascript:alert(1) &lt;b&gt; &#60;script&#62; &amp;amp;',
    "templates": "{0} {title} {words.x} %s %(a)s ${x} {{ 7*7 }} { =HYPERLINK(1) +1 -1 @SUM(A1)",
    # Letters and marks that run from right to left, and spaces that do not look like any.
    "directions": "\u202eabc\u2066def \u05d0\u05d1 \u0645\u0631 a\u00a0b\u200bc\ufeffd",
    "long": "word " * 1900 + "w" * 500,
}
LONG = 1000


def _write_project(folder: Path, texts: dict[str, str]) -> Path:
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    for slug, text in texts.items():
        write_engagement(folder / "parameters" / slug, text)
    return folder


def write_engagement(folder: Path, text: str) -> None:
    line = {"activity": text, "category": "data_collection", "quantity": 3, "unit": text, "unit_cost": 1000}
    facts = {
        **FACTS,
        **dict.fromkeys(("title", "sentence", "commissioner", "programme", "private"), text),
        **{
            key: [text]
            for key in ("commissioned_with", "others_at_work", "places", "workstreams", "asked_for", "not_stated")
        },
        "audiences": [
            {"id": "a", "name": text, "group": "people"},
            {"id": "b", "name": f"B {text}", "group": "delivery"},
        ],
        "learning_questions": [{"question": text, "decision": text, "decided_by": text}],
        "plan": [line, {**line, "category": "knowledge_mobilisation"}],
        "other_plans": [{"name": text, "lines": [line]}],
        "source": [{"title": text, "organisation": text, "year": 2025, "where": text}],
    }
    (folder / "voices").mkdir(parents=True)
    (folder / "engagement.yaml").write_text(json.dumps({"schema": 2, **facts}), encoding="utf-8")
    questions = list_questions(Facts.model_validate(facts))
    if len(text) > LONG:  # so that a voice stays under the largest file
        questions = {key: question for index, (key, question) in enumerate(questions.items()) if index % 8 == 0}
    for number in range(5):
        answers = {
            key: {"value": make_answer(question, text, number), "note": text, "evidence": text, "private": text}
            for key, question in questions.items()
        }
        who = dict.fromkeys(("role", "name", "organisation"), text[:LONGEST_NAME])
        voice = {"schema": 1, **who, "consent": "named", "answers": answers}
        (folder / "voices" / f"voice-{number}.yaml").write_text(json.dumps(voice), encoding="utf-8")
    agreed = {
        key: {"value": make_answer(question, text), "note": text, "edition": "public"}
        for key, question in questions.items()
    }
    (folder / "agreed.yaml").write_text(json.dumps({"schema": 1, "answers": agreed}), encoding="utf-8")


class _Outline(HTMLParser):
    """The elements of a page with their attributes' names, but for drawings, whose lines follow their words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.drawing = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.drawing and tag != "bdi":
            self.tags.append(f"{tag} {' '.join(sorted(name for name, _ in attrs))}")
        self.drawing = self.drawing or tag == "svg"

    def handle_endtag(self, tag: str) -> None:
        self.drawing = self.drawing and tag != "svg"


def _outline(page: str) -> list[str]:
    outline = _Outline()
    outline.feed(page)
    # A long title is set smaller: how much is typed may change that, and nothing else.
    return ["h1 " if tag == "h1 class" else tag for tag in outline.tags]


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = _write_project(tmp_path_factory.mktemp("project"), {"harmless": "plain words", **HOSTILE})
    command = [sys.executable, "-c", "from workbook.cli import main; main()", "batch", "--jobs", "2"]
    command += [word for edition in ("private", "public") for word in ("--edition", edition)]
    command += [word for report in REPORTS for word in ("--report", report)]
    environment = {**os.environ, "WORKBOOK_HOME": str(project)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=400, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "outputs"


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("edition", ["private", "public"])
@pytest.mark.parametrize("report", REPORTS)
def test_hostile_text_changes_no_structure(outputs: Path, report: str, edition: str, kind: str) -> None:
    """The page has the same elements and attributes as with harmless words, and each drawing is still whole."""
    name = f"{report}.html" if edition == "private" else f"{report}.{edition}.html"
    page = (outputs / kind / name).read_text(encoding="utf-8")
    harmless = (outputs / "harmless" / name).read_text(encoding="utf-8")
    if kind != "long":  # which answers fewer questions
        assert _outline(page) == _outline(harmless)
    assert not re.search(r"<script|<img|javascript:[^ ]*[\"']>|<[^>]* on[a-z]+=", page)
    for drawing in _list_drawings(page):
        assert {element.tag for element in ET.fromstring(drawing).iter()} <= DRAWN


DRAWN = {"svg", "title", "desc", "g", "path", "text", "rect", "line", "circle"}


def _list_drawings(page: str) -> list[str]:
    """Return each outermost drawing; a figure may hold drawings within it."""
    found, depth, start = [], 0, 0
    for mark in re.finditer(r"<svg\b|</svg>", page):
        if mark[0] == "</svg>":
            depth -= 1
            if not depth:
                found.append(page[start : mark.end()])
        else:
            start = start if depth else mark.start()
            depth += 1
    return found


@pytest.mark.parametrize("kind", ["markup", "templates"])
def test_hostile_text_is_shown_as_it_was_written(outputs: Path, kind: str) -> None:
    """What a person typed stands on the page letter for letter: nothing is filled in, dropped or decoded."""
    outline = HTMLParserText()
    outline.feed((outputs / kind / "report.html").read_text(encoding="utf-8"))
    written = " ".join(HOSTILE[kind].split())
    assert written in " ".join(outline.text.split())


class HTMLParserText(HTMLParser):
    """Collects a page's text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""

    def handle_data(self, data: str) -> None:
        """Keep a piece of text."""
        self.text += data
