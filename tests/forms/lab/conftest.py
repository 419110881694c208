"""The notebook's form on a real session, without JupyterLab: the host in a Chromium, its messages answered here."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from workbook.forms.lab.session import Session
from workbook.forms.sheet.sheet import read_host_script
from workbook.theme import read_stylesheet

AGREED = """\
schema: 1
answers:
  framing.pick: {value: one, edition: public}
"""
OPEN = """async ([esm, slug, voice, chapter]) => {
  sessionStorage.setItem(`soil-and-seeds:voice:${slug}`, voice);
  sessionStorage.setItem(`soil-and-seeds:voice:${slug}:group`, `run ${Date.now()}`);
  const heard = [];
  const model = {
    get: (name) => ({ slug, chapter, run: "run" })[name],
    on: (_, hear) => heard.push(hear),
    off: () => {},
    send: (message) => {
      if (window.isCut) throw new Error("There is no way to the kernel.");
      if (window.isDead) return;
      window.respond(message).then((told) => told.forEach((reply) => heard.forEach((hear) => hear(reply))));
    },
  };
  const { default: host } = await import(URL.createObjectURL(new Blob([esm], { type: "text/javascript" })));
  const el = document.getElementById("root");
  let close = host.render({ model, el });
  const findView = () => el.querySelector(".ss-who select").id.split("-")[0];
  window.deliver = (reply) => heard.forEach((hear) => hear({ view: findView(), ...reply }));
  window.openAgain = () => model.send({ kind: "open", voice, view: findView() });
  window.comeBack = () => {
    window.isDead = false;
    close();
    el.replaceChildren();
    close = host.render({ model, el });
  };
}"""
Drive = Callable[..., Any]


@pytest.fixture
def folder(every_kind: Path) -> Path:
    """Return the folder of an engagement with one voice and one agreed answer that the public may see."""
    words = files("workbook.content").joinpath("lab.yaml").read_text(encoding="utf-8")
    (every_kind / "content" / "lab.yaml").write_text(words, encoding="utf-8")
    engagement = every_kind / "parameters" / "commission"
    (engagement / "voices").mkdir()
    (engagement / "voices" / "trustee.yaml").write_text("schema: 1\nrole: Trustee\nconsent: role\n", encoding="utf-8")
    (engagement / "agreed.yaml").write_text(AGREED, encoding="utf-8")
    return engagement


@pytest.fixture
def drive_chapter(form_browser: Any, folder: Path) -> Callable[[str], Drive]:
    """Return a function that opens a chapter's form: it returns one that gives it to a script, for a voice."""
    page_file = folder.parent.parent / "host.html"
    style = read_stylesheet("sheet", "lab")
    page_file.write_text(
        f'<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Form</title><style>{style}</style>'
        '<main><h1>Form</h1><div id="root"></div></main></html>',
        encoding="utf-8",
    )
    esm = read_host_script()

    def open_chapter(chapter: str) -> Drive:
        session = Session(folder, chapter)

        def run(voice: str, script: Callable[[Any], Any]) -> Any:
            def open_form(page: Any) -> Any:
                page.expose_function("respond", lambda message: json.loads(json.dumps(list(session.respond(message)))))
                page.evaluate(OPEN, [esm, folder.name, voice, chapter])
                page.locator(".ss-sheet").wait_for()
                return script(page)

            return form_browser.drive(page_file, open_form, fresh=True)

        return run

    return open_chapter


@pytest.fixture
def drive(drive_chapter: Callable[[str], Drive]) -> Drive:
    """Return a function that gives a voice's form, open in a browser, to a script."""
    return drive_chapter("framing")
