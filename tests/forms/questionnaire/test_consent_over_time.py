"""One person's consent over time, from the questionnaire in a browser to the pages: narrower counts, wider does not."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from workbook import storage
from workbook.cli import app
from workbook.forms.questionnaire.questionnaire import write_questionnaire

ASKED = "framing.pick"
# As a browser does that was set up anew from a copy: what the page would keep as it goes is not kept.
PUT_BACK = """(kept) => {
    Object.entries(JSON.parse(kept)).forEach(([key, one]) => localStorage.setItem(key, one));
    Storage.prototype.setItem = () => {};
}"""
OTHERS = ("one", "two", "one", "two", "one")


def _collect(*arguments: str | Path) -> str:
    return CliRunner().invoke(app, ["collect", "commission", *map(str, arguments)]).output


def _save_over_time(folder: Path) -> Callable[[Any], list[Path]]:
    """Return what a person does in their browser: saves four times, the last time from a draft put back as it was."""
    saved: list[Path] = []

    def save(page: Any) -> None:
        with page.expect_download() as download:
            page.locator("#save").press("Enter")
        saved.append(folder / f"saved-{len(saved) + 1}.json")
        download.value.save_as(saved[-1])

    def agree_to(page: Any, consent: str) -> None:
        page.locator(f"[name=consent][value={consent}]").check()

    def fill(page: Any) -> list[Path]:
        page.locator("#name").fill("Ada Example")
        agree_to(page, "role")
        page.locator(f"[data-question='{ASKED}'] input").first.check()
        save(page)
        agree_to(page, "aggregate")
        page.locator("#draft", has_text="Last kept").wait_for()
        save(page)
        draft = page.evaluate("JSON.stringify({...localStorage})")
        agree_to(page, "none")
        save(page)
        page.evaluate(PUT_BACK, draft)
        page.reload()
        page.locator("#whose-drafts button").press("Enter")
        assert page.locator("[name=consent][value=aggregate]").is_checked()
        agree_to(page, "named")
        save(page)
        return saved

    return fill


def test_consent_only_narrows(every_kind: Path, form_browser: Any) -> None:
    """An older file, one renamed and one from a restored draft widen nothing; who takes consent back leaves a total."""
    form = write_questionnaire("commission", role="Grantee")
    wide, narrow, back, draft = form_browser.drive(form, _save_over_time(every_kind))
    counts = [json.loads(path.read_text(encoding="utf-8"))["saved"] for path in (wide, narrow, back, draft)]
    assert counts[:3] == [1, 2, 3]
    voices = every_kind / "parameters" / "commission" / "voices"
    voices.mkdir()
    for number, value in enumerate(OTHERS):
        other = {"schema": 2, "role": f"Other {number}", "consent": "aggregate", "answers": {ASKED: value}}
        (voices / f"other-{number}.yaml").write_text(json.dumps(other), encoding="utf-8")

    def look() -> tuple[int, bool]:
        """Return how many stand in the total without names, and whether this person stands by name or role."""
        shown = storage.load_engagement("commission", "public")
        return len(shown.pools[ASKED].values) if ASKED in shown.pools else 0, bool(shown.voices)

    assert "as the new voice grantee" in _collect(wide)
    assert look() == (5, True)
    _collect(narrow)
    assert look() == (6, False)
    storage.release_engagement("commission", "public")
    renamed = Path(shutil.copy(wide, every_kind / "somebody-else.json"))
    for arguments in ((wide,), (wide, "--replace"), (renamed, "--as", "other-person"), (renamed, "--replace")):
        _collect(*arguments)
        assert look() == (6, False)
        assert not (voices / "other-person.yaml").exists()
    _collect(back)
    assert look() == (0, False)
    for arguments in ((draft,), (draft, "--replace"), (narrow, "--replace"), (renamed, "--as", "other-person")):
        _collect(*arguments)
        assert look() == (0, False)
    assert "Done." in CliRunner().invoke(app, ["withdraw", "commission", "grantee", "--yes"]).output
    for path in (wide, narrow, back, draft, renamed):
        assert "nothing was taken" in _collect(path, "--replace")
    assert look() == (0, False)
