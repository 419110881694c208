"""What a form may ask about: the commission as anybody may see it, and the promises that are its readers' to know.

A form may go anywhere, so it asks everybody only about promises that are public. Those a promise was made to, and those
who made it, know of it: a form for one audience asks about its own, whatever edition they are marked for but private.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from workbook import storage
from workbook.model.choices import Edition, Recipient
from workbook.model.engagement import Engagement, Facts
from workbook.model.rounds import Promise
from workbook.model.slips.spelling import fold_words


@dataclass(frozen=True)
class ToAsk:
    """An engagement as a form may ask about it, and how many of its promises it does not ask about."""

    engagement: Engagement
    left_out: int


def load_to_ask(slug: str, recipient: Recipient = Recipient.OTHERS, audiences: Iterable[str] = ()) -> ToAsk:
    """Return what a form asks about; raises as `storage.load_engagement`."""
    folder, chosen = storage.find_slug(slug), frozenset(audiences)
    shown = storage.load_engagement(folder, Edition.PUBLIC)
    rows = storage.read_facts_data(folder / storage.FACTS_FILE).get("promises") or ()
    promises = [Promise.model_validate(row) for row in rows]
    kept = tuple(one for one in promises if _is_asked(one, shown.facts, recipient, chosen))
    facts = shown.facts.model_copy(update={"promises": kept})
    return ToAsk(shown.model_copy(update={"facts": facts}), len(promises) - len(kept))


def _is_asked(promise: Promise, facts: Facts, recipient: Recipient, audiences: AbstractSet[str]) -> bool:
    if promise.edition is Edition.PRIVATE:
        return False
    if recipient is Recipient.COMMISSIONER:
        return True
    names = {fold_words(one.name) for one in facts.audiences if one.id in audiences}
    if audiences & set(promise.to) or fold_words(promise.who or "") in names:
        return True
    is_others = bool(audiences and promise.to)
    return promise.edition is Edition.PUBLIC and not is_others
