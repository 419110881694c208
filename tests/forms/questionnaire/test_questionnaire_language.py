"""The questionnaire in another language: wholly in it, its numbers and times too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from builders import SMALLEST
from made_language import find_foreign, make_language
from workbook.forms.questionnaire.questionnaire import write_questionnaire

FACTS = SMALLEST + "audiences: [{id: us, name: Ours, group: funders}, {id: them, name: Theirs, group: people}]\n"
OWN = {"commission", "funder", "ours", "theirs", "soil", "seeds", "form", "firefox", "chrome", "edge", "safari"}
TEXTS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  const isSeen = (node) => !node.parentElement.closest("script, style, noscript");
  while (walker.nextNode()) if (isSeen(walker.currentNode)) found.push(walker.currentNode.data);
  const names = ["aria-label", "title", "placeholder"];
  const named = [...document.querySelectorAll("*")].flatMap((one) => names.map((name) => one.getAttribute(name) ?? ""));
  return [document.title, ...found, ...named];
}"""


def test_every_word_of_the_form_is_in_its_language(
    form_browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With every text of `content/` marked, the form, filled wrongly and saved, shows no other word."""
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    monkeypatch.setenv("WORKBOOK_CONTENT", str(make_language(tmp_path)))
    monkeypatch.setenv("WORKBOOK_LANGUAGE", "qqq")
    folder = tmp_path / "parameters" / "commission"
    folder.mkdir(parents=True)
    (folder / "engagement.yaml").write_text(FACTS, encoding="utf-8")
    form = write_questionnaire("commission", chapters=["audiences", "resources", "system_map"])

    def look(page: Any) -> list[Any]:
        page.locator("[data-question='audiences.points'] input[type=text]").first.fill("7")
        page.locator(".ss-add").first.click()
        page.locator("#save").click()
        page.locator("#role").fill("7")
        page.locator("#save").click()
        page.locator("#save-rest").click()
        page.locator("#draft:not(:empty)").wait_for()
        return [page.evaluate(TEXTS), page.evaluate("document.documentElement.lang")]

    texts, lang = form_browser.drive(form, look)
    assert lang == "qqq"
    # The beginning of a question, heard with a button beside it, loses the mark at its end.
    texts = [f"{text}⟧" if text.endswith("…") else text for text in texts]
    assert [(text, left) for text in texts if (left := [w for w in find_foreign(text) if w.lower() not in OWN])] == []


def test_numbers_and_times_follow_the_page(
    form_browser: Any, every_kind: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A form whose page is German writes bounds and amounts as Germans do."""
    form = write_questionnaire("commission")
    form.write_text(form.read_text(encoding="utf-8").replace('lang="en-GB"', 'lang="de"', 1), encoding="utf-8")

    def look(page: Any) -> str:
        page.locator("[data-question='framing.cost'] .ss-frame input[type=text]").fill("1200.5")
        return str(page.locator("[data-question='framing.cost'] .ss-read").text_content())

    assert "1.200,5" in form_browser.drive(form, look)
