"""Take the pictures the README shows, of the pages and forms as they are now. Type: make pictures.

Needs a Chromium (CHROMIUM names another than /usr/bin/chromium) and the pages that `make run` makes.
"""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WORKBOOK = (sys.executable, "-c", "from workbook.cli import main; main()")


def main() -> None:
    """Take each picture anew."""
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        take_summary(browser)
        take_questionnaire(browser, Path(folder))
        take_form(browser)
        browser.close()


def take_summary(browser: Browser) -> None:
    """The cover and the first findings of the example."""
    page = browser.new_page(viewport={"width": 1000, "height": 1500})
    page.goto((ROOT / "outputs" / "example" / "summary.html").as_uri())
    page.screenshot(path=IMAGES / "summary.png")
    page.close()


def take_questionnaire(browser: Browser, folder: Path) -> None:
    """The questionnaire on a phone."""
    path = folder / "questionnaire.html"
    command = [*WORKBOOK, "questionnaire", "example", "--chapters", "framing", "--output", str(path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    page = browser.new_page(viewport={"width": 390, "height": 780}, device_scale_factor=1)
    page.goto(path.as_uri())
    page.locator("fieldset:has(input[type=radio])").first.scroll_into_view_if_needed()
    page.screenshot(path=IMAGES / "questionnaire.png")
    page.close()


def take_form(browser: Browser) -> None:
    """The framing chapter in JupyterLab."""
    with open_workbook("example") as address:
        page = browser.new_page(viewport={"width": 1100, "height": 1400})
        wait_for_server(address)
        # Who answers is remembered by the browser; a new one would ask first.
        page.add_init_script("sessionStorage.setItem('soil-and-seeds:voice:example', 'young-adviser')")
        page.goto(address.replace("00_start_here", "01_framing"))
        page.locator(".ss-form .ss-sheet").first.wait_for(timeout=120_000)
        page.wait_for_timeout(3000)
        page.screenshot(path=IMAGES / "form.png")
        page.close()


def wait_for_server(address: str) -> None:
    """Wait until the server answers at the port of an address; it says where it will be before it is there."""
    host, port = re.search(r"//([\d.]+):(\d+)", address).groups()  # type: ignore[union-attr]
    for _ in range(120):
        with contextlib.suppress(OSError), socket.create_connection((host, int(port)), timeout=1):
            return
        time.sleep(0.5)
    raise SystemExit("JupyterLab did not start within a minute.")


@contextlib.contextmanager
def open_workbook(slug: str) -> Iterator[str]:
    """Run `workbook open` without a browser of its own and give the address it prints."""
    process = subprocess.Popen(
        [*WORKBOOK, "open", slug, "--no-browser"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        yield next(found[0] for line in process.stdout if (found := re.search(r"http://127\.0\.0\.1\S+", line)))
    finally:
        process.terminate()
        process.wait(timeout=30)


if __name__ == "__main__":
    main()
