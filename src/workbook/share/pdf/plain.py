"""A browser started anew for each page: slower, and all that Windows lets another program ask of one."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

from workbook.disk.held import PRINTING, find_short_folder, hold_folder
from workbook.errors import WorkbookError
from workbook.share.pdf.browsers import GONE, write_command

LONGEST_SECONDS = 120.0


def open_plain(program: str) -> Callable[[str], bytes]:
    """Return what prints a page; it raises WorkbookError where the browser ends without a PDF."""

    def print_page(html: str) -> bytes:
        with hold_folder(find_short_folder(), PRINTING) as folder:
            page, made = folder / "page.html", folder / "page.pdf"
            page.write_text(html, encoding="utf-8")
            printing = ["--no-pdf-header-footer", "--generate-pdf-document-outline", f"--print-to-pdf={made}"]
            _run([*write_command(program, folder / "profile"), *printing, page.as_uri()])
            if not made.is_file():
                raise WorkbookError(GONE.format(program=program))
            return made.read_bytes()

    return print_page


def _run(command: list[str]) -> None:
    try:
        subprocess.run(  # noqa: S603 - the browser that was found
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=LONGEST_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise WorkbookError(GONE.format(program=command[0])) from error
