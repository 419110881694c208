"""The band at the head of a page: which edition it is, and what kind of engagement it is about."""

from __future__ import annotations

from workbook.markup import element, join
from workbook.model.answers import Edition
from workbook.model.engagement import Facts
from workbook.model.wordings import load_wording
from workbook.views.pieces.blocks import Block
from workbook.views.pieces.facts import write_day


def make_band(
    facts: Facts, edition: Edition, document: str = "", *, draft: bool = False, is_read: bool = True
) -> Block:
    """Say the edition first, in the page's title too; then that it is invented, or a public call, and as of when.

    `is_read` is false where people concerned have answered, so that not all is a reading of the call.
    """
    words = load_wording("page")
    mixed = facts.is_call and not is_read
    kinds = (
        [words.get_word(f"band.{'mixed' if mixed else facts.kind}")]
        if facts.kind in ("invented", "public-call")
        else []
    )
    if facts.is_call:
        kinds.append(words.get_word(f"band.{'mixed_view' if mixed else 'call_view'}"))
    if facts.is_call and facts.as_of:
        name = "closed" if facts.is_past_deadline else "as_of"
        days = {"day": write_day(facts.as_of), "deadline": write_day(facts.deadline)}
        kinds.append(words.get_word(f"band.{name}").format(**days))
    mine = f"{edition}_call" if facts.is_call and is_read and edition is not Edition.PARTNERS else str(edition)
    mine = "private_mixed" if mixed and edition is Edition.PRIVATE else mine
    more = [words.get_word(f"band.{mine}"), *kinds[1:]]  # what a small screen leaves to the foot of the page
    told = [(text, text in more) for text in (more[0], *kinds)]
    return _make_band(str(edition), _say_draft(told, draft=draft), document)


def make_edition_band(edition: Edition, told: str, *, draft: bool = False) -> Block:
    """Say the edition of a page that is about no single commission, and what that means."""
    return _make_band(str(edition), _say_draft([(told, True)], draft=draft), "")


def _say_draft(told: list[tuple[str, bool]], *, draft: bool) -> list[tuple[str, bool]]:
    """Say first that a page was made without a release, so that it is not sent."""
    return [(load_wording("page").get_word("band.draft"), False), *told] if draft else told


def _make_band(name: str, told: list[tuple[str, bool]], document: str) -> Block:
    words = load_wording("page")
    return Block(
        element(
            "div",
            element("p", element("strong", words.get_word(f"band.title_{name}"))),
            [join([" ", element("p", text, class_="more" if left_out else None)]) for text, left_out in told],
            class_=f"band {'' if name == 'private' else 'open '}{name}",
            data_title=words.get_word(f"band.short_{name}"),
            data_document=document,
            data_edition=name,
        )
    )


def name_edition(edition: Edition) -> str:
    """Name an edition as the foot of a page does."""
    return load_wording("page").get_word(f"band.short_{edition}")
