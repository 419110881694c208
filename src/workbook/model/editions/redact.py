"""What each edition may show: consent, and small numbers. One function decides, before anything else sees an answer.

A shared edition is a function of what may be shown, of nothing else, and adds nothing to what was shown before.
`redact` drops what an edition may not show. Outside the private edition:

1. An answer whose consent is `none`, missing or unknown is no answer, to the byte. Private notes, file names, the order
   of files and who was invited are gone as well (`people`).
2. A person has one attribution. Who gives some answers by name and some by role stands on the page by role: two halves
   could be put together. Who was released by name before stands by name alone, and their other answers are nobody's.

Then each question is decided by itself:

3. `named` and `role` answers stay beside their voice, under the name or under the role only.
4. `unnamed` and `aggregate` answers go into a pool, whose values say nothing of who gave them. A pool is dropped that
   is smaller than the engagement's `minimum_group`, is all alike, could be put together again into what single people
   gave, or differs from one that was released by fewer than `minimum_group` answers (`pools`, `releases`).
5. If fewer than `minimum_group` values are left, no value is shown, except in the partners edition where
   everyone who would be counted consented to `named` or `role`. "We do not know yet" makes no group bigger.
   In a matrix the rule holds for each cell.
6. What somebody outside reads from a public call is no answer of anybody concerned: with `named` or `role` it is
   shown as theirs, however few they are, and makes no group of people bigger.

Words (notes, evidence, text answers) are no numbers. Those of `named` and `role` answers stay. Those of
`unnamed` answers appear in the partners edition only, and only if at least `minimum_group` unattributed people
said something known to that question, since those who are named beside them are known not to have said it; those of
`aggregate` answers appear nowhere.

How many voices answered is said only where the number does not give a small rest away, and counts nobody who
consented to nothing. It is the same number in every shared edition that says it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbook.model.answers import Agreed, Edition, Voice
from workbook.model.editions.decision import Decision
from workbook.model.editions.releases import NOTHING_RELEASED, Person, Release, Releases
from workbook.model.editions.rounds import NO_EARLIER, Earlier, narrow_promises, pair_voices, redact_targets, show_last
from workbook.model.engagement import Engagement

# What no shared edition holds of the facts: who was asked, beside who may be shown, would tell who refused.
OWN: Mapping[str, Any] = {"private": None, "invited": (), "audiences_set_aside": (), "plan_set_aside": ()}


def redact(
    engagement: Engagement,
    edition: Edition,
    *,
    words: Mapping[str, bool],
    released: Releases = NOTHING_RELEASED,
    earlier: Earlier = NO_EARLIER,
) -> Engagement:
    """Return the engagement holding only what `edition` may show.

    `words` says which questions ask for words, `released` what went out before, `earlier` what went out of earlier
    rounds. A shared edition that did not go out is a draft.
    """
    if edition is Edition.PRIVATE:
        return engagement.model_copy(update={"edition": edition, "last": _show_whole_last(engagement, words)})
    narrowed = narrow_promises(engagement, edition)
    return _make(narrowed, Decision(narrowed, edition, words, released, earlier))


def record_release(
    engagement: Engagement,
    edition: Edition,
    *,
    words: Mapping[str, bool],
    released: Releases,
    earlier: Earlier = NO_EARLIER,
) -> Releases:
    """Return the record with a shared edition as it would go out now; the same state is recorded once."""
    engagement = narrow_promises(engagement, edition)
    decided = Decision(engagement, edition, words, released, earlier)
    shown = _make(engagement, decided)
    if not shown.draft:
        return released
    whole = {voice.id: voice for voice in engagement.voices}
    people = {
        released.mark(whole[id_]): Person(level=level, questions=questions)
        for id_, level, questions in decided.list_people()
    }
    held = sorted(released.mark(whole[id_]) for id_ in decided.list_held())
    last = sorted(released.mark(one) for one in _list_last(engagement, shown, decided))
    fingerprint = _undraft(shown).fingerprint
    release = Release(edition=edition, input=fingerprint, voices=tuple(held), last=tuple(last))
    members = {
        question: tuple(sorted(released.mark(whole[id_]) for id_ in ids)) for question, ids in decided.members.items()
    }
    return released.add(release, people, pools=shown.pools, members=members)


def _list_last(engagement: Engagement, shown: Engagement, decided: Decision) -> list[Voice]:
    """List the voices of the last round, as they are in its files, of whom a page shows what they said there."""
    if engagement.last is None or shown.last is None:
        return []
    held = {one.id for one in shown.last.voices if one.answers}
    voices = {one.id: one for one in engagement.last.voices}
    pairs = pair_voices(engagement.voices, engagement.last.voices)
    return [voices[pairs[here]] for here, one in decided.make_voices().items() if one.id in held]


def _undraft(shown: Engagement) -> Engagement:
    return shown.model_copy(update={"draft": False})


def _make(engagement: Engagement, decided: Decision) -> Engagement:
    edition, heard, voices = decided.edition, decided.count_heard(), decided.make_voices()
    shown = engagement.model_copy(
        update={
            "edition": edition,
            "facts": engagement.facts.model_copy(update=OWN),
            "voices": tuple(voices.values()),
            "pools": decided.pools,
            "withheld": decided.withheld,
            "agreed": redact_agreed(engagement.agreed, edition),
            "last": _show_shared_last(engagement, decided, voices),
            "heard": heard,
            "lone_voice": decided.is_lone,
        }
    )
    return shown.model_copy(update={"draft": not decided.released.holds(edition, shown.fingerprint)})


def redact_agreed(agreed: Agreed, edition: Edition) -> Agreed:
    """Return the agreed answers marked for `edition` or a wider one, without private notes."""
    wide_enough = {Edition.PARTNERS: (Edition.PARTNERS, Edition.PUBLIC), Edition.PUBLIC: (Edition.PUBLIC,)}[edition]
    kept = {
        question: answer if answer.private is None else answer.model_copy(update={"private": None})
        for question, answer in agreed.answers.items()
        if agreed.edition_of(question) in wide_enough
    }
    return redact_targets(agreed.model_copy(update={"answers": kept, "private": None}), edition)


def _show_whole_last(engagement: Engagement, words: Mapping[str, bool]) -> Engagement | None:
    """Return what the commissioner's own copy holds of the last round: the answers of those who answer again."""
    last = engagement.last
    if last is None:
        return None
    pairs = pair_voices(engagement.voices, last.voices)
    return show_last(last, engagement.voices, pairs, {voice.id: voice.answers for voice in last.voices}, words)


def _show_shared_last(engagement: Engagement, decided: Decision, voices: Mapping[str, Voice]) -> Engagement | None:
    """Return what a shared edition holds of the last round: what it shows there, of those it shows here alike."""
    last = engagement.last
    if last is None:
        return None
    narrowed = narrow_promises(last, decided.edition)
    then = Decision(narrowed, decided.edition, decided.words, *decided.earlier.go_back())
    shown, there = _make(narrowed, then), then.make_voices()
    pairs = {
        voices[here].id: was
        for here, was in pair_voices(engagement.voices, last.voices).items()
        if here in voices and was in there and bool(voices[here].name) == bool(there[was].name)
    }
    return show_last(shown, tuple(voices.values()), pairs, then.attributed, decided.words)
