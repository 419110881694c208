"""Opens a page in a real Chromium, as somebody opening an attachment would, and lists its faults.

Playwright runs in a thread of its own, because it keeps an event loop running in the thread that starts it and
other tests of the same session start loops of theirs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from chromium import FLAGS, WCAG, read_axe

LONGEST_LINE = 75
SHEET = 703
"""What is 186 mm wide, A4 without its margins, in CSS pixels."""

_POLICY = re.compile(
    r"""<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; """
    r"""style-src 'sha256-[\w+/]{43}='; base-uri 'none'; form-action 'none'">"""
)
_LOADS = re.compile(
    r"""<(?:script|img|link|iframe|source|video|audio|object|embed)\b[^>]*?\b(?:src|href|data)\s*=\s*["']?(?:https?:)?//"""
    r"""|url\(\s*["']?https?:|@import\s""",
    re.IGNORECASE,
)
_HOME_PATH = re.compile(r"(?:/home/|/Users/|/root/|/tmp/|[A-Z]:\\Users\\)[\w./\\-]{2,60}")
_AXE = """(tags) => axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]})
    .then((result) => result.violations.map((rule) => `${rule.id} at ${rule.nodes.map((n) => n.target).join(", ")}`))"""
_OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# On paper the field stands as a table, whose heads say what is above and below; the contents lead nowhere, and a
# verdict's other three words are left out.
_HIDDEN = """() => [...document.querySelectorAll("main *")]
    .filter((e) => !e.closest("svg, .contents, .field, .four, .todo > h2, .twice small, .what, .keys > :first-child"))
    .filter((e) => e.textContent.trim() && !e.matches(".half > div") && !e.checkVisibility()).map((e) => e.tagName)"""


class PageBrowser:
    """One Chromium for many pages; `close` ends it."""

    def __init__(self, executable: str) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._thread.submit(self._start, executable).result()

    def measure(self, path: Path, *, max_kib: float = 60, with_axe: bool = True) -> dict[str, str]:
        """Open one file and return each fault's name with its particulars, none for a good page.

        axe-core's rules take most of the time, so a caller with one other fault in mind may leave them out.
        """
        return self._thread.submit(self._measure, path, max_kib, with_axe).result()

    def print_pdf(self, path: Path, *, before: str = "() => 0") -> bytes:
        """Print one file on A4, after a script ran in it."""
        return self._thread.submit(self._print_pdf, path, before).result()

    def ask(self, path: Path, script: str, *, width: int, height: int, in_contrast: bool = False) -> Any:
        """Open one file in a window of a size, in the colours of a dark contrast theme if asked; run a script in it."""
        return self._thread.submit(self._ask, path, script, (width, height), in_contrast).result()

    def close(self) -> None:
        """End the browser and its thread."""
        self._thread.submit(self._stop).result()
        self._thread.shutdown()

    def _start(self, executable: str) -> None:
        from playwright.sync_api import sync_playwright

        self._axe = read_axe()
        self._script = Path(__file__).with_name("measure.js").read_text(encoding="utf-8")
        self._playwright = sync_playwright().start()
        self._chromium = self._playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        # One page for every question, since a new one starts a process.
        self._page = self._chromium.new_page()
        self._requests: list[str] = []
        self._complaints: list[str] = []
        self._page.on("console", lambda said: self._complaints.append(said.text) if said.type == "error" else None)
        self._page.on("pageerror", lambda error: self._complaints.append(str(error)))
        self._page.on("dialog", lambda dialog: (self._complaints.append(dialog.message), dialog.dismiss()))
        self._page.route(
            re.compile("^(?!file:|data:)"), lambda route: (self._requests.append(route.request.url), route.abort())
        )

    def _stop(self) -> None:
        self._chromium.close()
        self._playwright.stop()

    def _measure(self, path: Path, max_kib: float, with_axe: bool) -> dict[str, str]:
        self._requests.clear()
        self._complaints.clear()
        self._open(path, width=1280, height=900)
        found: dict[str, Any] = self._page.evaluate(self._script)
        # Through the debugging protocol, which the page's own policy does not bind.
        self._page.evaluate(self._axe if with_axe else "")
        found["axe"] = self._page.evaluate(_AXE, list(WCAG)) if with_axe else []
        self._page.set_viewport_size({"width": 320, "height": 640})
        found["overflow"] = self._page.evaluate(_OVERFLOW)
        self._page.emulate_media(media="print")
        # A browser sets a page that is wider than its sheet in smaller letters, all of it.
        self._page.set_viewport_size({"width": SHEET, "height": 900})
        found["over_the_sheet"] = self._page.evaluate(_OVERFLOW)
        found["hidden_in_print"] = self._page.evaluate(_HIDDEN)
        self._page.emulate_media(media="null")
        found |= {"requests": list(self._requests), "complaints": list(self._complaints)}
        return list_faults(found, path.read_bytes(), max_kib=max_kib)

    def _open(self, path: Path, *, width: int = 1280, height: int = 720) -> None:
        self._page.set_viewport_size({"width": width, "height": height})
        self._page.goto(path.resolve().as_uri(), wait_until="load")

    def _ask(self, path: Path, script: str, size: tuple[int, int], in_contrast: bool) -> Any:
        forced, scheme = ("active", "dark") if in_contrast else ("none", "light")
        self._page.emulate_media(forced_colors=forced, color_scheme=scheme)
        self._open(path, width=size[0], height=size[1])
        found = self._page.evaluate(script)
        self._page.emulate_media(forced_colors="none", color_scheme="light")
        return found

    def _print_pdf(self, path: Path, before: str) -> bytes:
        self._open(path)
        self._page.evaluate(before)
        return self._page.pdf(prefer_css_page_size=True, tagged=True)


def list_faults(found: Mapping[str, Any], content: bytes, *, max_kib: float) -> dict[str, str]:
    """Return each fault's name with its particulars, from what a browser found and the file itself."""
    text = content.decode("utf-8", "replace")
    kib = len(content) / 1024
    verdicts: dict[str, tuple[bool, object]] = {
        "axe": (bool(found["axe"]), found["axe"]),
        "requests": (bool(found["requests"]), found["requests"]),
        "loads": (bool(_LOADS.search(text)), _LOADS.findall(text)[:3]),
        "complaints": (bool(found["complaints"]), found["complaints"]),
        "scripts": (found["scripts"] > 0, found["scripts"]),
        "handlers": (found["handlers"] > 0, found["handlers"]),
        "style attributes": (found["style_attributes"] > 0, found["style_attributes"]),
        "overflow": (found["overflow"] > 0, f"{found['overflow']} px at 320 px"),
        "over the sheet": (found["over_the_sheet"] > 0, f"{found['over_the_sheet']} px on A4"),
        "size": (kib > max_kib, f"{kib:.1f} KiB"),
        "home path": (bool(_HOME_PATH.search(text)), _HOME_PATH.findall(text)[:3]),
        "placeholder alt": (found["placeholder_alts"] > 0, found["placeholder_alts"]),
        "svg name": (found["unnamed_svgs"] > 0, found["unnamed_svgs"]),
        "th scope": (found["th_without_scope"] > 0, found["th_without_scope"]),
        "caption": (found["tables_without_caption"] > 0, found["tables_without_caption"]),
        "h1": (found["h1"] != 1, found["h1"]),
        "heading skip": (found["heading_skips"] > 0, found["heading_skips"]),
        "main": (found["main"] != 1, found["main"]),
        "title": (not found["title"], "empty"),
        "lang": (found["lang"] != "en-GB", found["lang"]),
        "doctype": (not found["doctype"], "none"),
        "policy": (not _POLICY.fullmatch(found["first_in_head"]), found["first_in_head"]),
        "contents": (found["contents"] == 0, "none"),
        "skip link": (not found["skip_link"], "none, or not the first link"),
        "lost anchors": (found["lost_anchors"] > 0, found["lost_anchors"]),
        "small text": (bool(found["small_texts"]), found["small_texts"]),
        "long line": (found["longest_line"] >= LONGEST_LINE, found["longest_line"]),
        "hidden in print": (bool(found["hidden_in_print"]), found["hidden_in_print"]),
        "empty": (found["text"] < 200, f"{found['text']} characters"),
    }
    return {name: str(particulars) for name, (faulty, particulars) in verdicts.items() if faulty}
