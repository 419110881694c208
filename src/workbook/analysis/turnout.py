"""Who was asked to answer, and who has not yet: by role and group, as far as an edition holds who was invited."""

from __future__ import annotations

from dataclasses import dataclass

from workbook.model.engagement import AudienceGroup, Engagement, Invited


@dataclass(frozen=True)
class Turnout:
    """How many of those invited have answered.

    `silent` are the roles nobody of whom has, `silent_groups` the groups all of whose roles are silent.
    """

    asked: int
    heard: int
    silent: tuple[Invited, ...]
    silent_groups: tuple[AudienceGroup, ...]


def read_turnout(engagement: Engagement) -> Turnout | None:
    """Count who answered of those invited; None where nobody is known to be, or more answered than were.

    Roles are compared without capitals; people of a role that was not invited are no part of it.
    """
    invited = engagement.facts.invited
    roles = [voice.role.casefold() for voice in engagement.voices if voice.has_answered]
    asked, heard = sum(one.count for one in invited), sum(roles.count(role) for role in {_fold(o) for o in invited})
    if not invited or heard > asked:
        return None
    silent = tuple(one for one in invited if _fold(one) not in roles)
    heard_groups = {one.group for one in invited if one not in silent}
    groups = dict.fromkeys(one.group for one in silent if one.group not in heard_groups)
    return Turnout(asked, heard, silent, tuple(groups))


def _fold(one: Invited) -> str:
    return one.role.casefold()
