"""Answers: given in JupyterLab or in a questionnaire, and collected."""

from __future__ import annotations

import shlex
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from workbook.cli.printing import Slug, Yes, confirm, print_text, shorten
from workbook.model.choices import Recipient


class Format(StrEnum):
    """What a questionnaire is made as."""

    HTML = "html"
    SHEET = "sheet"
    XLSFORM = "xlsform"


def open_workbook(
    slug: Annotated[str, typer.Argument(help="The engagement's name.")],
    browser: Annotated[bool, typer.Option(help="Open the browser by itself.")] = True,
    as_app: Annotated[bool, typer.Option("--app", help="Show the forms without JupyterLab around them.")] = False,
) -> None:
    """Fill the workbook in: working copies of the notebooks, and JupyterLab on them."""
    from workbook.forms.lab.server import plan_server, run_server
    from workbook.trust import explain

    server = plan_server(slug, with_browser=browser, as_app=as_app)
    for notebook in server.strange:
        print_text(explain(notebook, shlex.quote(shorten(notebook))))
    print_text(f"The workbook opens in your browser. If it does not, go to:\n  {server.address}")
    if not as_app:
        print_text("For the menus of JupyterLab and the code behind a page, press F8 there.")
    print_text("Every answer is saved as you give it. Keep this window open; to stop, press Ctrl+C here.")
    raise typer.Exit(run_server(server))


def questionnaire(
    slug: Annotated[str, typer.Argument(help="The engagement's name.")],
    more: Annotated[list[str] | None, typer.Argument(metavar="[CHAPTER]...", help="More chapters to ask.")] = None,
    chapters: Annotated[
        list[str] | None,
        typer.Option(metavar="CHAPTER", help="Which chapters to ask, such as framing; all if none is named."),
    ] = None,
    role: Annotated[str, typer.Option(help="The role that stands in the form to begin with.")] = "",
    recipient: Annotated[
        Recipient,
        typer.Option("--for", help="Who fills it in: the commissioner's own people are asked more than all others."),
    ] = Recipient.OTHERS,
    way: Annotated[
        str,
        typer.Option(
            metavar="WAY",
            help="How much to ask: quarter (of an hour), hour or everything; chapters named are asked whole.",
        ),
    ] = "",
    audience: Annotated[
        list[str] | None,
        typer.Option(metavar="AUDIENCE", help="Ask about these audiences alone, by their ids; all if none is named."),
    ] = None,
    form: Annotated[
        Format, typer.Option("--format", help="A page, a workbook for a facilitator, or a form for Kobo.")
    ] = Format.HTML,
    output: Annotated[
        Path | None, typer.Option(help="Where to put it instead of outputs/SLUG/questionnaire.html.")
    ] = None,
) -> None:
    """Make one file that partners, grantees and people who benefit can fill in offline and send back."""
    from workbook.forms.questionnaire.asked_of import load_to_ask
    from workbook.forms.questionnaire.questionnaire import write_questionnaire
    from workbook.model.ways import choose_way

    chosen = [*(chapters or []), *(more or [])]
    asks = choose_way(way, chosen)
    if form is Format.SHEET:
        from workbook.forms.ways.facilitator import write_facilitator_workbook

        path = write_facilitator_workbook(
            slug, chapters=chosen, recipient=recipient, way=asks, audiences=audience or (), output=output
        )
    elif form is Format.XLSFORM:
        from workbook.forms.ways.xlsform import write_xlsform

        path = write_xlsform(
            slug, chapters=chosen, recipient=recipient, way=asks, audiences=audience or (), output=output
        )
    else:
        path = write_questionnaire(
            slug,
            chapters=chosen,
            role=role,
            recipient=recipient,
            way=asks,
            audiences=audience or (),
            output=output,
        )
    longer = (
        "" if chosen or way else "It asks what a first verdict hangs on. For more, add --way hour or --way everything\n"
    )
    left_out = load_to_ask(slug, recipient, audience or ()).left_out
    kept = (
        f"{left_out} of the promises are not asked about, since they are not marked public. For those one was made to, "
        "add --audience and their id\n"
        if left_out
        else ""
    )
    print_text(
        f"Made {shorten(path)} ({path.stat().st_size / 1024:.0f} KiB).\n{longer}{kept}"
        f"Next: send it out. When files come back, type: workbook collect {slug} FILE"
    )


def mapping(
    slug: Annotated[str, typer.Argument(help="The engagement's name.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An export of a survey tool, CSV or a workbook.")],
    name: Annotated[str, typer.Option("--as", metavar="NAME", help="The mapping's name; made from the file's.")] = "",
    sheet: Annotated[str, typer.Option(metavar="NAME", help="The sheet of a workbook.")] = "",
) -> None:
    """Draft a mapping for a survey tool's export: which column answers which question, for you to finish."""
    from workbook.forms.ways.draft import draft_mapping

    draft = draft_mapping(slug, file, name=name, sheet=sheet)
    left = f"Headings without a question: {len(draft.left)}, listed at the end of the file.\n" if draft.left else ""
    fill = f"Values to be named: {draft.to_fill_in}, marked with a question mark.\n" if draft.to_fill_in else ""
    given = shlex.quote(str(file))
    print_text(
        f"Made {shorten(draft.path)}: {draft.found} questions found.\n{left}{fill}"
        f"Next: finish it, then type: workbook collect {slug} {given} --mapping {draft.path.stem} --dry-run"
    )


def collect(
    slug: Annotated[str, typer.Argument(help="The engagement's name.")],
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files that came back.")],
    voice: Annotated[
        str, typer.Option("--as", metavar="VOICE", help="The voice's name; made from the role if none is given.")
    ] = "",
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Change what is there where the file says otherwise."),
    ] = False,
    mapping_name: Annotated[
        str,
        typer.Option("--mapping", metavar="NAME", help="Read a survey tool's export by this mapping."),
    ] = "",
    tries: Annotated[
        bool, typer.Option("--dry-run", help="Say who would be filed, changed and refused, and write nothing.")
    ] = False,
) -> None:
    """Check files that came back from a questionnaire and file each as a voice; a bad file changes nothing."""
    from functools import partial

    from workbook.forms.questionnaire.collect import Refused, collect_answers
    from workbook.forms.ways.files import read_file

    refused = 0
    for outcome in collect_answers(
        slug, files, voice=voice, replace=replace, tries=tries, read=partial(read_file, mapping=mapping_name)
    ):
        refused += isinstance(outcome, Refused)
        print_text(str(outcome), error=isinstance(outcome, Refused))
    if refused:
        raise typer.Exit(1)


def withdraw(
    slug: Slug,
    voice: Annotated[str, typer.Argument(metavar="VOICE", help="Whose answers, by the voice's name.")],
    tries: Annotated[bool, typer.Option("--dry-run", help="Say what would go, and change nothing.")] = False,
    yes: Yes = False,
) -> None:
    """Take a person's answers out everywhere, as they may ask; what goes, and who has it, is said first."""
    from workbook.handover.withdraw import plan_withdrawal
    from workbook.model.wordings import load_wording

    planned = plan_withdrawal(slug, voice)
    print_text(str(planned))
    if tries:
        return
    confirm("Do this?", yes=yes)
    planned.carry_out()
    print_text(load_wording("withdraw").get_word("done").format(slug=slug))
