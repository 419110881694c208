"""The first part of a questionnaire: who asks, who keeps the answers, who will see what, and how it works."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from markupsafe import Markup

from workbook.markup import element
from workbook.model.engagement import Facts
from workbook.model.questions import Question
from workbook.model.ways import count_minutes
from workbook.theme import format_day

Json = dict[str, Any]


def make_cover(facts: Facts, words: Json, questions: Sequence[Question]) -> Markup:
    """Return what stands above the questions."""
    how = (text.format(save=words["save"], load=words["load"], questions=len(questions)) for text in words["how"])
    length = words["length"].format(questions=len(questions), minutes=count_minutes(questions))
    who = words["who"] if facts.sentence else words["who_plain"]
    kind = words["kinds"][facts.kind]
    return element(
        "header",
        element("h1", fill(words["title"], facts)),
        element("p", f"{fill(words['lead'], facts)} {length}", class_="lead"),
        element("p", kind, class_="edition") if kind else None,
        element("h2", words["who_title"]),
        element("p", fill(who, facts)),
        element("p", words["why"]),
        element("h2", words["see_title"]),
        make_list(fill(text, facts) for text in words["see"]),
        element("h2", words["kept_title"]),
        make_list(list_kept(facts, words)),
        element("h2", words["how_title"], class_="on-screen"),
        make_list(how, class_="on-screen"),
        element("p", words["on_paper"], class_="on-paper"),
        element("noscript", element("p", element("strong", words["no_script"]))),
        class_="cover",
    )


def list_kept(facts: Facts, words: Json) -> Iterator[str]:
    """Yield who keeps the answers, why, until when, who may see them and whom to ask; what is missing is said."""
    kept = facts.answers_kept
    said = {
        "by": kept.by,
        "why": kept.why,
        "until": format_day(kept.until) if kept.until else None,
        "seen_by": kept.seen_by,
        "ask": kept.ask,
    }
    missing = fill(words["kept_missing"], facts)
    for name, template in words["kept"].items():
        yield template.replace("{said}", said[name] or missing)
    yield words["kept_back"]


def make_list(items: Iterable[str], class_: str | None = None) -> Markup:
    """Return a list of sentences."""
    return element("ul", [element("li", item) for item in items], class_=class_)


def fill(template: str, facts: Facts) -> str:
    """Put the commission's facts into a sentence; what a fact holds is never itself a template."""
    return template.format(
        title=facts.title, commissioner=facts.commissioner, sentence=facts.sentence or "", minimum=facts.minimum_group
    )
