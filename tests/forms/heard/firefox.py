"""A Firefox for the tests of what is heard, driven by Marionette, the protocol that Firefox itself speaks.

Playwright drives no Firefox but its own, and geckodriver is no Debian package. Marionette is JSON over a socket:
each message is its length, a colon and the list [direction, number, command or fault, arguments or result].
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

NAMES = ("firefox-esr", "firefox")
ADVICE = "no Firefox was found. To hear with it, type: make listen (or as root: apt-get install -y firefox-esr)"
PREFERENCES = {
    "marionette.port": 0,
    "accessibility.force_disabled": -1,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.enabled": False,
}
# WebDriver's names of the keys.
KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Escape": "\ue00c", "Space": " ", "Home": "\ue011"}
KEYS |= {"ArrowUp": "\ue013", "ArrowDown": "\ue015", "ArrowLeft": "\ue012", "ArrowRight": "\ue014"}
KEYS |= {"Shift": "\ue008", "Control": "\ue009"}
# What a screen reader is given: role, name and description of each element, in Firefox's own tree.
TREE = """const [selector, done] = [arguments[0], arguments[arguments.length - 1]];
const service = Components.classes["@mozilla.org/accessibilityService;1"]
  .getService(Components.interfaces.nsIAccessibilityService);
const look = (looks) => {
  const found = [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility());
  const told = found.map((one) => service.getAccessibleFor(one));
  const tell = (one) => [service.getStringRole(one.role), one.name ?? "", one.description ?? ""];
  if (told.every(Boolean) || !looks) return done(told.filter(Boolean).map(tell));
  setTimeout(() => look(looks - 1), 50);
};
look(100);"""


def find_firefox(environment: Mapping[str, str]) -> str | None:
    """Return the path of a Firefox, the one FIREFOX names before any other."""
    given = environment.get("FIREFOX")
    return next((path for name in ([given] if given else NAMES) if (path := shutil.which(name))), None)


class Firefox:
    """One Firefox without a window, and the page that is open in it; its keys are named as Playwright names them."""

    def __init__(self, executable: str, profile: Path) -> None:
        lines = (f"user_pref({json.dumps(key)}, {json.dumps(value)});\n" for key, value in PREFERENCES.items())
        (profile / "user.js").write_text("".join(lines), encoding="utf-8")
        flags = [
            "--headless",
            "--marionette",
            "--remote-allow-system-access",
            "--new-instance",
            "--profile",
            str(profile),
        ]
        self._process = subprocess.Popen(
            [executable, *flags],
            env={**os.environ, "HOME": str(profile)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        port = profile / "MarionetteActivePort"
        while not (port.exists() and port.read_text(encoding="utf-8")):
            assert self._process.poll() is None, "Firefox ended before it could be driven"
            time.sleep(0.05)
        self._socket = socket.create_connection(("127.0.0.1", int(port.read_text(encoding="utf-8"))))
        self._read, self._number = b"", 0
        self._receive()  # what it says of itself
        self._call("WebDriver:NewSession", capabilities={})
        self.keyboard = self

    def drive(self, path: Path, script: Callable[[Any], Any]) -> Any:
        """Open a file, give its page to `script`, and return what that returns."""
        self.open(path.resolve().as_uri())
        return script(self)

    def open(self, address: str) -> None:
        """Open an address, and wait until it is loaded."""
        self._call("WebDriver:Navigate", url=address)

    def evaluate(self, expression: str, argument: object = None) -> Any:
        """Return what an expression gives, or what the function that it is gives for the argument."""
        told = "const given = ({}); return typeof given === 'function' ? given(arguments[0]) : given;"
        return self._call("WebDriver:ExecuteScript", script=told.format(expression), args=[argument])["value"]

    def wait_for(self, expression: str, seconds: float = 30) -> None:
        """Wait until an expression holds."""
        end = time.monotonic() + seconds
        while not self.evaluate(expression):
            assert time.monotonic() < end, f"not in {seconds} seconds: {expression}"
            time.sleep(0.05)

    def read_tree(self, selector: str) -> list[tuple[str, str, str]]:
        """Return role, name and description of what a selector finds, as Firefox tells a screen reader."""
        given = {"args": [selector], "sandbox": "system", "newSandbox": True}
        told = self._call("WebDriver:ExecuteAsyncScript", script=TREE, **given)["value"]
        return [(role, name, description) for role, name, description in told]

    def press(self, key: str) -> None:
        """Press a key, or several together: Shift+Tab."""
        keys = [KEYS.get(one, one) for one in key.split("+")]
        self._act([("keyDown", one) for one in keys] + [("keyUp", one) for one in reversed(keys)])

    def insert_text(self, text: str) -> None:
        """Type a text, key by key."""
        self._act([(way, one) for one in text for way in ("keyDown", "keyUp")])

    type = insert_text

    def wait_for_timeout(self, milliseconds: float) -> None:
        """Let the page do what it has begun."""
        self.evaluate(f"new Promise((done) => setTimeout(done, {milliseconds}))")

    def close(self) -> None:
        """End the browser."""
        self._socket.close()
        self._process.terminate()
        self._process.wait(30)

    def _act(self, actions: list[tuple[str, str]]) -> None:
        told = [{"type": way, "value": key} for way, key in actions]
        self._call("WebDriver:PerformActions", actions=[{"type": "key", "id": "keys", "actions": told}])

    def _call(self, name: str, **given: object) -> dict[str, Any]:
        self._number += 1
        message = json.dumps([0, self._number, name, given]).encode()
        self._socket.sendall(str(len(message)).encode() + b":" + message)
        _, _, fault, result = self._receive()
        assert fault is None, f"{name}: {fault}"
        told: dict[str, Any] = result
        return told

    def _receive(self) -> Any:
        while b":" not in self._read:
            self._read += self._socket.recv(65536)
        length, _, self._read = self._read.partition(b":")
        while len(self._read) < int(length):
            self._read += self._socket.recv(65536)
        message, self._read = self._read[: int(length)], self._read[int(length) :]
        return json.loads(message)
