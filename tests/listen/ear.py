"""Orca with a browser on a screen that nobody sees: keys are pressed, and what is said comes back as words.

Each has a screen (Xvfb), a window manager without keys, a D-Bus session and a home of its own, and ends only what it
started. Orca 43 does not heed SIGTERM here, so all is killed.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

ORCA = {
    "speechServerFactory": "silentspeech",
    "enableBraille": False,
    "enableSound": False,
    "enableKeyEcho": False,
    "profile": ["Default", "default"],
}
FIREFOX = {
    "browser.shell.checkDefaultBrowser": False,
    "browser.aboutwelcome.enabled": False,
    "browser.preonboarding.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "datareporting.policy.firstRunURL": "",
    "app.update.enabled": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "termsofuse.bypassNotification": True,
    "browser.sessionstore.resume_from_crash": False,
    "accessibility.force_disabled": -1,
}
CHROMIUM = (
    "--no-sandbox",
    "--force-renderer-accessibility",
    "--no-first-run",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--password-store=basic",
    "--no-default-browser-check",
)
# No key may belong to the window manager: Debian's Openbox changes desktops at Control+Alt+Right, and all falls silent.
OPENBOX = """<openbox_config xmlns="http://openbox.org/3.4/rc"><desktops><number>1</number></desktops><keyboard/><mouse/>
<applications><application type="normal"><maximized>yes</maximized></application></applications></openbox_config>"""
LOOK = 0.05  # seconds


class Ear:
    """What Orca says of a page: a list of utterances, and keys to make it say more."""

    def __init__(self, folder: Path, browser: str, address: str, size: str = "1280x1000") -> None:
        self.folder, self._log, self._started = folder, folder / "speech.jsonl", list[subprocess.Popen[bytes]]()
        self._keys = folder / "keys.jsonl"
        self._keys.touch()
        self._env = self._make_home()
        try:
            self._start_session(size)
            self._start_browser(browser, address)
        except BaseException:
            self.close()
            raise

    def press(self, *keys: str) -> str:
        """Press keys one after the other, each once the one before has been said; return the words of the last."""
        told = ""
        for key in keys:
            since = self._mark()
            self._xdotool("key", key)
            told = self._listen(since)
        return told

    def type(self, text: str) -> str:
        """Type a text into what has the focus."""
        since = self._mark()
        self._xdotool("type", "--delay", "60", text)
        return self._listen(since)

    def until(self, key: str, text: str, most: int = 90) -> str:
        """Press a key until a text is heard."""
        for _ in range(most):
            if text in (told := self.press(key)):
                return told
        raise AssertionError(f"{key} never leads to: {text}. The last was: {told}")

    def wait_for(self, *texts: str, since: int = 0, seconds: float = 30) -> str:
        """Wait until one of these texts is heard, after a mark; return all that was heard after it."""
        end = time.time() + seconds
        while not any(text in (told := " | ".join(self.list_heard(since))) for text in texts):
            assert time.time() < end, f"Not heard in {seconds} seconds: {texts}. Heard: {told}"
            time.sleep(LOOK)
        return told

    def listen(self, seconds: float) -> str:
        """Press nothing for a time."""
        since = self._mark()
        time.sleep(seconds)
        return " | ".join(self.list_heard(since))

    def set_focus_mode(self) -> None:
        """Let letters go to the page, and stay so."""
        for _ in range(6):
            since = self._mark()
            self._xdotool("key", "--delay", "60", "Insert+a", "Insert+a")
            if "Focus mode is sticky" in self._listen(since):
                return
        raise AssertionError("Orca does not go into focus mode")

    def read_all(self) -> list[str]:
        """Read the page from its top to its end, fast; return the utterances."""
        self.press("Control+Home")
        fast = Path(f"{self._log}.fast")
        fast.touch()
        since = self._mark()
        self._xdotool("key", "KP_Add")
        self._listen(since, still=8, first=15, most=600)
        fast.unlink()
        return self.list_heard(since)

    def list_heard(self, since: int = 0) -> list[str]:
        """Return what was said after a mark."""
        with self._log.open(encoding="utf-8") as file:
            file.seek(since)
            said = [json.loads(line)["say"].strip() for line in file if line.endswith("\n")]
        return [one for one in said if one]

    def write_down(self) -> str:
        """Return the walk as it went: each key in brackets, and under it what was said, one utterance a line."""
        lines = (self._log.read_text(encoding="utf-8") + self._keys.read_text(encoding="utf-8")).splitlines()
        told = sorted((json.loads(line) for line in lines), key=lambda one: one["at"])
        return "\n".join(text for one in told if (text := one.get("say", "").strip() or one.get("press", ""))) + "\n"

    def mark(self) -> int:
        """Return a mark of now."""
        return self._mark()

    def close(self) -> None:
        """End everything that was started."""
        for process in reversed(self._started):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _mark(self) -> int:
        return self._log.stat().st_size

    def _listen(self, since: int, still: float = 0.7, first: float = 3, most: float = 12) -> str:
        """Return what is said after a mark, once nothing more has come for a while."""
        begun = changed = time.time()
        last = since
        while time.time() - begun < most:
            time.sleep(LOOK)
            size = self._mark()
            last, changed = (size, time.time()) if size != last else (last, changed)
            if time.time() - changed > (first if last == since else still):
                break
        return " | ".join(self.list_heard(since))

    def _xdotool(self, *command: str) -> None:
        with self._keys.open("a", encoding="utf-8") as keys:
            keys.write(json.dumps({"at": round(time.time(), 2), "press": f"[{command[-1]}]"}) + "\n")
        subprocess.run(["xdotool", *command], env=self._env, check=True)

    def _make_home(self) -> dict[str, str]:
        home, run = self.folder / "home", self.folder / "run"
        prefs = home / ".local/share/orca"
        for each in (prefs, run):
            each.mkdir(parents=True)
        run.chmod(0o700)
        self._log.touch()
        shutil.copy(Path(__file__).with_name("speech.py"), prefs / "silentspeech.py")
        settings = {"general": ORCA, "profiles": {"default": ORCA}, "pronunciations": {}, "keybindings": {}}
        (prefs / "user-settings.conf").write_text(json.dumps(settings), encoding="utf-8")
        (self.folder / "openbox.xml").write_text(OPENBOX, encoding="utf-8")
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(run),
            "XDG_SESSION_TYPE": "x11",
            "LANG": "C.UTF-8",
            "GTK_MODULES": "gail:atk-bridge",
            "GNOME_ACCESSIBILITY": "1",
            "MOZ_ENABLE_WAYLAND": "0",
            "SILENT_LOG": str(self._log),
        }

    def _start_session(self, size: str) -> None:
        screen = ["Xvfb", "-screen", "0", f"{size}x24", "-nolisten", "tcp", "-displayfd"]
        self._env["DISPLAY"] = ":" + self._start_and_read(screen, "{}")
        bus = ["dbus-daemon", "--session", "--nofork"]
        self._env["DBUS_SESSION_BUS_ADDRESS"] = self._start_and_read(bus, "--print-address={}")
        self._start(["/usr/libexec/at-spi-bus-launcher", "--launch-immediately"])
        time.sleep(1)
        on = ["gsettings", "set", "org.gnome.desktop.interface", "toolkit-accessibility", "true"]
        subprocess.run(on, env=self._env, stderr=subprocess.DEVNULL, check=False)
        self._start(["openbox", "--config-file", str(self.folder / "openbox.xml")])
        self._start(["orca", f"--user-prefs={self.folder / 'home/.local/share/orca'}"])
        self.wait_for("Screen reader on", seconds=150)

    def _start_browser(self, browser: str, address: str) -> None:
        profile = self.folder / "profile"
        profile.mkdir()
        if browser == "firefox":
            lines = (f"user_pref({json.dumps(key)}, {json.dumps(value)});\n" for key, value in FIREFOX.items())
            (profile / "user.js").write_text("".join(lines), encoding="utf-8")
            self._start(["firefox-esr", "--new-instance", "--profile", str(profile), address])
        else:
            self._start(["chromium", *CHROMIUM, f"--user-data-dir={profile}", address])
        self.wait_for("Finished loading", seconds=180)
        self._listen(self._mark(), still=2, first=4, most=20)

    def _start_and_read(self, command: list[str], option: str) -> str:
        """Start a program that writes to a file it is given where it can be found."""
        reading, writing = os.pipe()
        last = option.format(writing)
        self._start([*command, last], pass_fds=(writing,))
        os.close(writing)
        with os.fdopen(reading, encoding="utf-8") as told:
            return told.readline().strip()  # to the end of the line: Xvfb ends if it cannot write that

    def _start(self, command: list[str], pass_fds: tuple[int, ...] = ()) -> None:
        with (self.folder / f"{Path(command[0]).name}.out").open("ab") as out:
            self._started.append(
                subprocess.Popen(
                    command,
                    env=self._env,
                    stdout=out,
                    stderr=out,
                    stdin=subprocess.DEVNULL,
                    start_new_session=True,
                    pass_fds=pass_fds,
                )
            )
