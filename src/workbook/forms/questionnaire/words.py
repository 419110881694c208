"""What a file did to a voice, or would do, in sentences."""

from __future__ import annotations

from collections.abc import Mapping

from workbook.forms.questionnaire.merge import Merge
from workbook.forms.questionnaire.sent_file import Sent, show_text
from workbook.forms.sheet.describe import describe_answer
from workbook.model.answers import Consent, Voice
from workbook.model.questions import Question

MOST_SHOWN = 30


def word_merge(merge: Merge) -> tuple[str, ...]:
    """Say what else a merge did, and what it left to somebody's decision."""
    said = [f"{name} is now {merge.data.get(name, 'none')}" for name in merge.fields]
    if merge.newer is False:
        said.append("this file is older than what is there: what is there stands, and only other questions were added")
    if consent := merge.consent:
        said.append(
            f"the file's consent is {consent}, which goes further than {merge.data['consent']}: the narrower stands"
        )
        said.append(f"if the person says so, write consent: {consent} into the voice's file")
    return tuple(said)


def word_taken_back(merge: Merge, slug: str, id_: str) -> tuple[str, ...]:
    """Say what to type where the person now agrees to nothing; their answers count nowhere from here on."""
    if "consent" not in merge.fields or merge.data["consent"] != Consent.NONE:
        return ()
    return (
        "this person now agrees to nothing. To take out all they answered, type:",
        f"  workbook withdraw {slug} {id_}",
    )


def word_loss(merge: Merge, voice: Voice, sent: Sent, questions: Mapping[str, Question]) -> list[str]:
    """Name each answer that would go or become another, as it is and as it would be."""
    lines = []
    for key in merge.loses:
        question, given = questions.get(key), sent.answers.get(key)
        before = voice.answers.get(key)
        there = before.model_dump(exclude_none=True) if before else None
        if question is None:
            lines.append(f"{key}: kept, not asked any more")
        elif given is None:
            lines.append(f"{key}: {show_text(describe_answer(question, there))} → taken back")
        else:
            was, now = (show_text(describe_answer(question, one)) for one in (there, given))
            lines.append(f"{key}: {was} → {now}")
    more = len(lines) - MOST_SHOWN
    return [*lines[:MOST_SHOWN], *([f"and {more} more"] if more > 0 else [])]
