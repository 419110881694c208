"""What the partner may say, and where, by audience: the boundaries that go into the brief."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from workbook.analysis.permission import (
    NO_YES,
    UNDERTAKINGS,
    AudiencePermission,
    PermissionReading,
    list_known,
    settle_lower,
)
from workbook.analysis.voices.grids import ChoiceReading
from workbook.analysis.voices.scales import WordsReading
from workbook.markup import element, escape
from workbook.theme import end_sentence, join_words
from workbook.views.pieces import voices
from workbook.views.pieces.blocks import Block, fill, make_block, make_list, make_paragraph


def state_boundaries(reading: PermissionReading) -> Block:
    """What the partner may say, and where, by audience; and what the commissioner undertakes. Ready for the brief."""
    words = reading.chapter
    items = [
        element("strong", _write_step(reading, one), " ") + _write_boundaries(reading, one)
        for one in reading.audiences
        if one in reading.asked or one.is_granted or one.step == "withdrawn"
    ]
    return make_block(
        make_paragraph(words.get_word("boundaries.lead")),
        "" if reading.is_whole else make_paragraph(words.get_word("boundaries.lead_part")),
        make_list(items, class_="boundaries") if items else make_paragraph(words.get_word("follows.no_audiences")),
        *_write_undertakings(reading),
    )


def word_step(reading: PermissionReading, one: AudiencePermission) -> str:
    """Word the step that counts, or say that it is held back."""
    return reading.chapter.get_word(f"steps.{'held_back' if one.is_held_back else one.step}")


def word_step_and_left(reading: PermissionReading, one: AudiencePermission) -> str:
    """The step that counts, or why there is none, and how many do not know or have not said."""
    told = word_step(reading, one)
    if one.step == "unknown" and not one.is_held_back:
        missing = voices.word_missing(one.cell)
        told = missing[:1].upper() + missing[1:]
    return voices.add_left(told, one.cell)


def word_places(one: AudiencePermission, allowed: Sequence[str]) -> str:
    """Name the rooms in which findings may be named, or say why none is known."""
    if allowed or not one.places:
        return join_words(list(allowed))
    if any(cell.value == "no" for cell in one.places.values()):
        return "–"
    return " ".join(dict.fromkeys(voices.word_missing(cell) for cell in one.places.values()))


def word_active(reading: PermissionReading, active: ChoiceReading | None) -> str:
    """Whether they themselves have said a clear yes, or why that is not known."""
    words = reading.chapter
    if active is None:
        return words.get_word("yes_no.not_needed")
    said = settle_lower(active, NO_YES)
    if said is None:
        return voices.word_missing(active)
    return words.get_word(f"yes_no.{said}")


def _write_step(reading: PermissionReading, one: AudiencePermission) -> str:
    """Say which step counts, and that answers give it where the group has not settled it."""
    basis = f"{one.basis}_part" if one.basis in ("voices", "one") and not reading.is_whole else one.basis
    template = reading.chapter.get_word(f"boundaries.step.{basis}")
    return template.format(audience=one.audience.name, step=word_step(reading, one).lower())


def _write_boundaries(reading: PermissionReading, one: AudiencePermission) -> Markup:
    terms = [_write_term(reading, term, one.terms[term]) for term in ("bounds", "promised", "asked_by")]
    written = [text for text in terms if text]
    return escape(" ".join(_write_places(reading, one))) + (make_list(written) if written else Markup(""))


def _write_places(reading: PermissionReading, one: AudiencePermission) -> list[str]:
    words = reading.chapter
    if one.step == "withdrawn":
        return [words.get_word("boundaries.withdrawn")]
    if not one.is_granted:
        unseen = one.step == "unknown" and not reading.is_whole
        return [words.get_word(f"boundaries.{'held_back' if unseen else 'not_granted'}")]
    allowed, refused = (_name_places(reading, one.list_places(value)) for value in ("yes", "no"))
    nowhere = f"granted_nowhere{'' if reading.is_whole else '_part'}"
    template = words.get_word(f"boundaries.{'granted' if allowed else nowhere}")
    granted = fill(template, places=allowed, mark=_mark_places(reading, one))
    return [granted, fill(words.get_word("boundaries.not_in"), places=refused)] if refused else [granted]


def _mark_places(reading: PermissionReading, one: AudiencePermission) -> str:
    """Say that places are named and not settled, unless the step beside them says as much already."""
    settled = all(one.places[place].agreed is not None for place in one.list_places("yes"))
    return "" if settled or one.basis != "agreed" else _mark(reading, "not_settled")


def _mark(reading: PermissionReading, name: str) -> str:
    """A mark in the edition's words: another edition may hold an agreed answer that this one does not."""
    return reading.chapter.get_word(f"boundaries.{name}{'' if reading.is_whole else '_part'}")


def _write_term(reading: PermissionReading, name: str, said: WordsReading) -> str:
    """Write a term in the words given. Only an agreed one stands without a mark; only it is an undertaking."""
    known = list_known(said)
    template = "challenge_named" if name == "challenge" and said.agreed is None else name
    text = " ".join(end_sentence(one) for one in known)
    mark = _mark_term(reading, name, said)
    return fill(reading.chapter.get_word(f"boundaries.{template}"), words=text, mark=mark) if known else ""


def _mark_term(reading: PermissionReading, name: str, said: WordsReading) -> str:
    """Say how far words are settled: a limit counts once anybody names it, all else only once it is agreed."""
    if said.agreed is not None:
        return ""
    if name == "bounds":
        return reading.chapter.get_word("boundaries.counts")
    return _mark(reading, "one_voice" if said.state == "one" and not said.withheld else "not_settled")


def _name_places(reading: PermissionReading, places: Sequence[str]) -> str:
    return join_words([reading.chapter.get_word(f"places.{place}") for place in places], "or")


def _write_undertakings(reading: PermissionReading) -> list[Markup]:
    words = reading.chapter
    written = {name: _write_term(reading, name, reading.words[name]) for name in UNDERTAKINGS}
    open_ = [words.get_word(f"boundaries.open_names.{name}") for name, text in written.items() if not text]
    found = [make_paragraph(text) for text in written.values() if text]
    if open_ and reading.is_whole:
        found.append(make_paragraph(fill(words.get_word("boundaries.open"), list=join_words(open_))))
    return found
