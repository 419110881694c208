"""Engagements: made, checked, renamed, put away, deleted."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.cli.printing import Slug, Slugs, Yes, choose_slugs, confirm, print_text, shorten
from workbook.errors import InputError, WorkbookError

if TYPE_CHECKING:
    from workbook.projects.checked import Checked
    from workbook.projects.keeping import Plan


def new(
    slug: Annotated[str, typer.Argument(help="The engagement's name: small letters, digits, hyphens.")],
    from_export: Annotated[Path | None, typer.Option(help="Make it of a JSON file that workbook export made.")] = None,
    from_ocds: Annotated[Path | None, typer.Option(help="Take the facts from a published tender (OCDS, JSON).")] = None,
    from_360: Annotated[
        Path | None, typer.Option("--from-360", help="Take the programme from published grants (360Giving).")
    ] = None,
    follows: Annotated[
        str, typer.Option(metavar="OTHER", help="Make it the next round of another: its facts carried over.")
    ] = "",
    voice: Annotated[
        str, typer.Option(metavar="NAME", help="Write a voice's file with every question as a comment, to fill in.")
    ] = "",
) -> None:
    """Make a new engagement: parameters/SLUG/engagement.yaml, with explanations, ready to fill in."""
    if voice:
        from workbook.intake.voice_file import write_blank_voice

        path = write_blank_voice(slug, voice)
        print_text(
            f"Made {shorten(path)}.\nNext: take the # away before what is answered, then type: workbook check {slug}"
        )
        return
    from workbook.intake.create import create_from

    slug = _choose_name(slug)
    made = create_from(slug, export=from_export, ocds=from_ocds, grants=from_360, follows=follows)
    print_text(f"{made.say(shorten(made.path))}\nNext: to fill it in, type: workbook open {slug}")


def _choose_name(given: str) -> str:
    """Return the name typed, or the one made of words that are none, where whoever typed them says yes to it."""
    from workbook import storage
    from workbook.model.base import SLUG_PATTERN

    name = storage.propose_name(given)
    if name in ("", given) or re.fullmatch(SLUG_PATTERN, given):  # of plain signs: who makes it says why it cannot be
        return given
    said = f"An engagement's name has small letters, digits and hyphens, and {given!r} has other signs."
    if not sys.stdin or not sys.stdin.isatty():
        raise WorkbookError(f"{said} To call it {name}, type: workbook new {name}")
    print_text(said)
    if not typer.confirm(f"Call it {name}?", default=True):
        raise WorkbookError("Nothing was made.")
    return name


def check(slugs: Slugs = None) -> None:
    """Check engagements: name every problem of every file at once, and what to type instead.

    What is no problem but should be looked at is said too, and does not make the check fail.
    """
    from workbook.content import find_language
    from workbook.projects.checked import Checked

    checked = Checked()
    bad = [slug for slug in choose_slugs(slugs) if not _check(slug, checked)]
    checked.save()
    if not slugs:
        _print_strays()
    _print_drive()
    _print_untranslated(find_language())
    if _print_mistranslated(find_language()) or bad:
        raise typer.Exit(1)


def _check(slug: str, checked: Checked) -> bool:
    known = checked.count_voices(slug)
    if known is not None:
        _print_clean(slug, known)
        return True
    from workbook import storage

    digest = checked.begin(slug)
    try:
        folder = storage.find_slug(slug)
        engagement, hints = storage.check_engagement(folder)
    except InputError as error:
        count = len(error.problems)
        print_text(f"{slug}: {count} problem{'s' if count > 1 else ''}", error=True)
        print_text("\n".join(f"  {line}" for line in str(error).splitlines()), error=True)
        return False
    except WorkbookError as error:
        print_text(f"{slug}: {error}", error=True)
        return False
    voices = len(engagement.voices)
    _print_clean(slug, voices)
    if not hints:
        checked.keep(slug, digest, voices=voices)
    for hint in hints:
        print_text(f"  look: {hint}")
    return True


def _print_clean(slug: str, voices: int) -> None:
    print_text(f"{slug}: no problems ({voices} voice{'' if voices == 1 else 's'})")


def _print_mistranslated(language: str) -> bool:
    from workbook.content import reads_own_words

    if not language and not reads_own_words():
        return False
    from workbook import storage

    problems = (*storage.list_content_problems(), *(storage.list_translation_problems(language) if language else ()))
    for problem in problems:
        print_text(str(problem), error=True)
    return bool(problems)


def _print_strays() -> None:
    from workbook import storage

    for name in storage.list_strays(storage.find_project() / "parameters"):
        print_text(f"look: parameters/{name}: no engagement, or no name that one can have: passed over")


def _print_drive() -> None:
    """Say what the drive does not hold to, on which the safety of answers rests."""
    from workbook.disk.drive import list_not_kept
    from workbook.places import PARAMETERS, find_project_folder

    project = find_project_folder()
    if not project:  # said of each engagement
        return
    try:
        for name in list_not_kept(project / PARAMETERS):
            _print_lack(name)
    except (OSError, WorkbookError) as error:
        _print_lack("closed", why=error)


def _print_lack(name: str, **names: object) -> None:
    from workbook.model.wordings import load_wording

    said = load_wording("withdraw").get_word(f"drive.{name}").format(**names)
    print_text(f"look: parameters: {said}")


def _print_untranslated(language: str) -> None:
    from workbook.content import list_untranslated

    missing = list_untranslated(language) if language else ()
    if missing:
        first = "\n".join(f"  {place}" for place in missing[:10])
        print_text(
            f"Language {language}: {len(missing)} texts are not translated and stay English. The first:\n{first}"
        )


def rename(
    slug: Slug,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The new name.")],
    yes: Yes = False,
) -> None:
    """Rename an engagement, with its pages; what moves is said first."""
    from workbook.projects.keeping import plan_rename

    _carry_out(plan_rename(slug, name), yes=yes)
    print_text(f"Done. Next: workbook check {name}")


def archive(
    slug: Slug,
    back: Annotated[bool, typer.Option("--back", help="Take it back from the archive.")] = False,
    yes: Yes = False,
) -> None:
    """Put an engagement away, with its pages, where no command sees it; what moves is said first."""
    from workbook.projects.keeping import plan_archive, plan_return

    _carry_out(plan_return(slug) if back else plan_archive(slug), yes=yes)
    print_text("Done.")


def delete(slug: Slug, yes: Yes = False) -> None:
    """Delete an engagement: its facts, its answers, its pages; what goes is said first."""
    from workbook.projects.keeping import plan_delete

    _carry_out(plan_delete(slug), yes=yes)
    print_text("Done.")


def _carry_out(plan: Plan, *, yes: bool) -> None:
    print_text(str(plan))
    confirm("Do this?", yes=yes)
    plan.carry_out()
