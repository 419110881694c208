"""How far along somebody is, and how much there is still to do: by the way through that they chose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbook.model.chapters import Chapter
from workbook.model.questions import Question
from workbook.model.ways import Way, count_minutes, list_ways
from workbook.model.wordings import load_wording


def describe_ways(chosen: Way) -> dict[str, Any]:
    """Return the ways there are, the one that is chosen, and the words around them."""
    words = load_wording("ways").words
    return {
        "chosen": chosen.id,
        "words": {name: text for name, text in words.items() if isinstance(text, str)},
        "all": [{"id": way.id, "label": way.label, "help": way.help} for way in list_ways()],
    }


def describe_chapter(
    chapter: Chapter, given: Mapping[str, Any], way: Way, questions: Mapping[str, Question]
) -> dict[str, Any]:
    """Return one chapter as a form lists it: what the way asks of it, how long that takes, what is answered.

    What may be left out counts once it is answered.
    """
    there = [one for one in chapter.questions if not one.optional or one.id in given]
    asked = [questions[one.id] for one in there if way.asks_question(one.id)]
    return {
        "id": chapter.id,
        "title": chapter.title,
        "notebook": f"{chapter.number:02d}_{chapter.id}.ipynb",
        "asked": len(asked),
        "left": len(there) - len(asked),
        "minutes": count_minutes(asked),
        "answered": sum(one.id in given for one in asked),
    }
