"""An engagement's questions -> one HTML file that anybody can fill in offline and send back.

The file holds the questions, the commission's title, who asks, and the names of audiences; of answers and of
private notes it holds nothing. Its policy allows its own script and style and no request of any kind.
"""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from workbook import storage
from workbook.content import name_language
from workbook.errors import NotFoundError, WorkbookError
from workbook.forms.questionnaire.asked_of import load_to_ask
from workbook.forms.questionnaire.cover import fill, make_cover
from workbook.forms.questionnaire.output import KIND, choose_output
from workbook.forms.questionnaire.packing import mark_sheet, pick_words, share_words, thin_sheet
from workbook.forms.sheet.sheet import (
    Json,
    choose_audiences,
    describe_sheet,
    list_for_others,
    list_forms,
    list_sheet_questions,
    read_scripts,
    read_sheet_script,
    read_sheet_words,
)
from workbook.markup import clean_text, element
from workbook.model.answers import Consent
from workbook.model.choices import Recipient
from workbook.model.engagement import Engagement, Facts
from workbook.model.ways import EVERYTHING, Way
from workbook.model.wordings import load_wording
from workbook.theme import join_words, read_stylesheet

# The shape of the file that the form saves, which is not that of a voice's file.
FORM_SCHEMA = 1
LARGEST_KIB = 150
STYLESHEETS = ("form_page", "sheet", "questionnaire")
DISTRIBUTION = "soil-and-seeds"
# What the script asks of the person, by the names of its fields.
_ABOUT = ("role", "name", "organisation", "last_time")
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}


def write_questionnaire(
    slug: str,
    *,
    chapters: Sequence[str] = (),
    role: str = "",
    recipient: Recipient = Recipient.OTHERS,
    way: Way = EVERYTHING,
    audiences: Sequence[str] = (),
    output: Path | None = None,
) -> Path:
    """Make an engagement's questionnaire and return its path: `outputs/SLUG/questionnaire.html` where none is given."""
    engagement = load_to_ask(slug, recipient, audiences).engagement
    page = make_questionnaire(
        engagement, chapters=chapters, role=role, recipient=recipient, way=way, audiences=audiences
    )
    path = choose_output(slug, "questionnaire.html", output)
    storage.write_atomically(path, page)
    return path


def make_questionnaire(
    engagement: Engagement,
    *,
    chapters: Sequence[str] = (),
    role: str = "",
    recipient: Recipient = Recipient.OTHERS,
    way: Way = EVERYTHING,
    audiences: Sequence[str] = (),
) -> str:
    """Return the questionnaire's HTML; raises NotFoundError for a chapter that asks its recipient nothing."""
    facts, words = engagement.facts, _read_words()
    chosen, about = _choose_chapters(facts, chapters, recipient), choose_audiences(facts, audiences)
    listed = {name: list_sheet_questions(facts, name, recipient, way=way, audiences=about) for name in chosen}
    asked = {name: questions for name, questions in listed.items() if questions}
    sheets = [
        mark_sheet(thin_sheet(describe_sheet(facts, name, recipient, way=way, audiences=about))) for name in asked
    ]
    packed, shared = share_words(sheets)
    digest = hashlib.sha256(json.dumps(sheets, sort_keys=True).encode()).hexdigest()[:12]
    style, script = read_stylesheet(*STYLESHEETS), _read_script()
    sections = [_make_about(words, follows=bool(facts.follows)), *_make_chapters(sheets, words), _make_finish(words)]
    main = element("main", sections, id="main", tabindex="-1")
    footer = words["footer"].format(version=version(DISTRIBUTION), hash=digest)
    page = _load_template().render(
        language=name_language(),
        title=clean_text(fill(words["title"], facts)),
        # Of the package's own making: the files beside this one, and JSON without a sign that HTML reads.
        policy=Markup(describe_policy(script, style)),  # noqa: S704
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
        data=Markup(_write_json(_describe_data(engagement, packed, digest=digest, role=role) | {"shared": shared})),  # noqa: S704
        parts=[
            element("a", words["skip"], class_="skip", href="#main"),
            make_cover(facts, words, [one for questions in asked.values() for one in questions]),
            _make_contents(sheets, words),
            main,
            element("footer", element("p", footer)),
        ],
    )
    return _check_size(page)


def describe_policy(script: str, style: str) -> str:
    """Return the Content-Security-Policy that allows one script, one stylesheet and no request of any kind."""
    allowed = "; ".join(f"{kind}-src '{_digest(text)}'" for kind, text in (("script", script), ("style", style)))
    return f"default-src 'none'; {allowed}; connect-src 'none'; base-uri 'none'; form-action 'none'"


@cache
def _load_template() -> Template:
    loader = PackageLoader("workbook.forms.questionnaire", "templates")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("questionnaire.html.j2")


def _read_words() -> Json:
    words: Json = load_wording("forms").words["questionnaire"]
    return words


def _digest(text: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _choose_chapters(facts: Facts, wanted: Sequence[str], recipient: Recipient) -> tuple[str, ...]:
    asked = {chapter.id: chapter for chapter in list_forms(facts)}
    known = [name for name, chapter in asked.items() if recipient is Recipient.COMMISSIONER or list_for_others(chapter)]
    own = [name for name in wanted if name in asked and name not in known]
    if own:
        raise NotFoundError(
            f"Only the commissioner can answer the chapter {join_words(own)}. Leave it out, "
            "or make a form for the commissioner's own people: add --for commissioner"
        )
    strange = [name for name in wanted if name not in known]
    if strange:
        raise NotFoundError(f"No chapter called {', '.join(strange)} asks questions. Type some of: {', '.join(known)}.")
    return tuple(name for name in known if name in wanted or not wanted)


def _describe_data(engagement: Engagement, sheets: list[Json], *, digest: str, role: str) -> Json:
    """Return what the script reads."""
    words, script = _read_words(), _read_script()
    said = {key: text for key, text in words.items() if isinstance(text, str)}
    meanings = {level: fill(words["consent_meanings"][level], engagement.facts) for level in Consent}
    levels = [{"id": level, "label": words["consent_levels"][level], "help": meanings[level]} for level in Consent]
    return {
        "schema": FORM_SCHEMA,
        "kind": KIND,
        "engagement": engagement.slug,
        "hash": digest,
        "file": f"{engagement.slug}-answers.json",
        "role": role,
        "words": pick_words(said, script, *_ABOUT, *(f"{name}_help" for name in _ABOUT)),
        "consent_levels": levels,
        **({"follows": engagement.facts.follows} if engagement.facts.follows else {}),
        "sheet_words": pick_words(read_sheet_words(), script, "as_evaluation", "as_learning"),
        "sheets": sheets,
    }


def _write_json(data: Json) -> str:
    """Write JSON that ends no script element: ASCII only, and no angle bracket or ampersand."""
    return json.dumps(data, separators=(",", ":")).translate(_ESCAPES)


def _read_script() -> str:
    """Return the form's script without its comments, which nobody reads in a page."""
    whole = f"{read_sheet_script()}\n{read_scripts('answers_file', 'drafts', 'questionnaire')}"
    lines = (line.strip() for line in re.sub(r"/\*\*.*?\*/", "", whole, flags=re.DOTALL).splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _check_size(page: str) -> str:
    kib = len(page.encode()) / 1024
    if kib >= LARGEST_KIB:
        raise WorkbookError(
            f"The questionnaire would have {kib:.0f} KiB, and mail filters want less than {LARGEST_KIB}.\n"
            "Ask for fewer chapters, for example: --chapters framing"
        )
    return page


# ---- the parts of the page that no script draws


def _make_contents(sheets: Sequence[Json], words: Json) -> Markup:
    asked = ((sheet, words["part"].format(title=sheet["title"], questions=len(sheet["questions"]))) for sheet in sheets)
    parts = [
        ("about", words["about_title"]),
        *((sheet["id"], title) for sheet, title in asked),
        ("finish", words["finish_title"]),
    ]
    links = [element("li", element("a", title, href=f"#{anchor}")) for anchor, title in parts]
    heading = element("p", words["contents"], id="contents", tabindex="-1")
    return element("nav", heading, element("ol", links), class_="contents", aria_labelledby="contents")


def _make_about(words: Json, *, follows: bool) -> Markup:
    return element(
        "section",
        element("h2", words["about_title"], id="about", tabindex="-1"),
        _make_whose(words),
        _make_load(words, follows=follows),
        element("div", id="about-form", class_="ss-sheet"),
    )


def _make_whose(words: Json) -> Markup:
    """Make the question whose draft it is, which the script shows where there is one: several may use one device."""
    return element(
        "div",
        element(
            "div",
            element("h3", words["whose_title"], id="whose-title"),
            element("p", words["whose"]),
            element("ul", id="whose-drafts"),
            _make_button("whose_new", words),
            id="whose",
            role="group",
            aria_labelledby="whose-title",
            hidden=True,
        ),
        class_="ss-sheet on-screen",
    )


def _make_if_not(words: Json) -> Markup:
    """Make what helps where the file never came: the answers as text, to copy and to mail."""
    return element(
        "div",
        element("h3", words["if_not_title"], id="if-not-title"),
        _make_button("have_file", words),
        element("p", words["if_not"]),
        element(
            "div",
            _make_button("copy", words),
            element("a", words["mail"], id="mail", href="mailto:"),
            class_="actions",
        ),
        element("p", id="copied", role="status"),
        element(
            "details",
            element("summary", words["as_text"], id="as-text-label"),
            element("textarea", id="as-text", readonly=True, rows="8", aria_labelledby="as-text-label"),
        ),
        element("p", words["hand_on_help"]),
        _make_button("hand_on", words),
        id="if-not",
        role="group",
        aria_labelledby="if-not-title",
        hidden=True,
    )


def _make_load(words: Json, *, follows: bool) -> Markup:
    """Make what stands around the field for a file saved before, and the question where the form differs from it."""
    sure = element(
        "div",
        element("p", words["load_sure"], id="load-text"),
        element("ul", id="load-which"),
        element("div", _make_button("load_yes", words), _make_button("load_no", words), class_="actions"),
        id="load-sure",
        role="group",
        aria_labelledby="load-text",
        hidden=True,
    )
    return element(
        "div",
        element("label", words["load"], class_="ss-ask", for_="load"),
        element(
            "p",
            f"{words['load_help']} {words['load_last']}" if follows else words["load_help"],
            class_="ss-help",
            id="load-help",
        ),
        element("p", id="load-error", class_="ss-error", role="alert", hidden=True),
        element("p", id="loaded", role="status"),
        sure,
        id="load-form",
        class_="ss-sheet on-screen",
    )


def _make_chapters(sheets: Iterable[Json], words: Json) -> list[Markup]:
    return [
        element(
            "section",
            element("div", id=f"sheet-{sheet['id']}"),
            element("p", element("a", words["to_contents"], href="#contents"), class_="on-screen"),
            class_="chapter",
        )
        for sheet in sheets
    ]


def _make_finish(words: Json) -> Markup:
    return element(
        "section",
        element("h2", words["finish_title"], id="finish", tabindex="-1"),
        element(
            "div",
            element(
                "div",
                id="problems",
                class_="ss-summary",
                role="group",
                aria_labelledby="problems-title",
                tabindex="-1",
                hidden=True,
            ),
            element("p", id="progress"),
            element("p", id="reach"),
            element("div", _make_button("save", words), _make_button("print", words), class_="actions"),
            element("p", id="saved", role="status", tabindex="-1"),
            _make_if_not(words),
            element("p", id="draft", aria_live="off"),
            element("p", words["forget_help"]),
            _make_button("forget", words, aria_expanded="false", aria_controls="forget-sure"),
            element(
                "div",
                element("p", words["forget_sure"], id="forget-text"),
                element("div", _make_button("forget_yes", words), _make_button("forget_no", words), class_="actions"),
                id="forget-sure",
                role="group",
                aria_labelledby="forget-text",
                hidden=True,
            ),
            class_="ss-sheet",
        ),
        aria_labelledby="finish",
    )


def _make_button(name: str, words: Json, **attributes: str) -> Markup:
    return element("button", words[name], type="button", id=name.replace("_", "-"), **attributes)
