#!/bin/sh
# Orca 43.1 with Chromium 156.0.8078.108 (Debian 12): aria-describedby on a <fieldset>. The browser gives the group that description by AT-SPI, but
# Orca, which says the group's legend when the focus enters it, does not say it; the description of a field is said. Whoever puts
# help on the group alone is not heard. Needs orca, Xvfb, xdotool, dbus-daemon and at-spi2-core; CHROMIUM names another browser.
set -eu
CHROMIUM=${CHROMIUM:-chromium}
LAUNCHER=${LAUNCHER:-/usr/libexec/at-spi-bus-launcher}
held=$(mktemp -d)
started=""
trap 'kill $started 2>/dev/null || true; sleep 2; kill -9 $started 2>/dev/null || true; rm -rf "$held"' EXIT
cat > "$held/page.html" <<'HTML'
<!DOCTYPE html><html lang="en"><title>x</title><h1>Page</h1>
<label for="name">Name</label> <input id="name" aria-describedby="field-help"><p id="field-help">help of the field</p>
<fieldset aria-describedby="group-help"><legend>Colour</legend><p id="group-help">help of the group</p>
<label><input type="radio" name="c"> Red</label> <label><input type="radio" name="c"> Blue</label></fieldset></html>
HTML
prefs="$held/.local/share/orca"
mkdir -p "$prefs" "$held/run"
chmod 700 "$held/run"
export HOME="$held" XDG_RUNTIME_DIR="$held/run" GTK_MODULES=gail:atk-bridge GNOME_ACCESSIBILITY=1 XDG_SESSION_TYPE=x11 LANG=C.UTF-8
cat > "$prefs/writtenspeech.py" <<'PY'
import os

from orca import speechserver


class SpeechServer(speechserver.SpeechServer):
    getFactoryName = staticmethod(lambda: "Written")
    getSpeechServers = staticmethod(lambda: [SpeechServer()])
    getSpeechServer = staticmethod(lambda info=None: SpeechServer())
    shutdownActiveServers = staticmethod(lambda: None)

    def getInfo(self):
        return ["Written", "written"]

    def getVoiceFamilies(self):
        return [speechserver.VoiceFamily({"name": "written", "lang": "en"})]

    def speak(self, text=None, acss=None, interrupt=True):
        with open(os.environ["HOME"] + "/said", "a") as said:
            said.write((text or "") + "\n")

    def sayAll(self, utterances, progress):
        for context, acss in utterances:
            self.speak(context.utterance)
PY
echo '{"general": {"speechServerFactory": "writtenspeech", "enableBraille": false, "enableSound": false, "profile": ["Default", "default"]},
"profiles": {"default": {"speechServerFactory": "writtenspeech", "profile": ["Default", "default"]}}, "pronunciations": {}, "keybindings": {}}' \
  > "$prefs/user-settings.conf"
touch "$held/said"
Xvfb -screen 0 800x600x24 -nolisten tcp -displayfd 3 3> "$held/display" > /dev/null 2>&1 & started="$started $!"
dbus-daemon --session --nofork --print-address=3 3> "$held/bus" 2> /dev/null & started="$started $!"
for _ in $(seq 100); do [ -s "$held/bus" ] && [ -s "$held/display" ] && break; sleep 0.1; done
DISPLAY=:$(cat "$held/display"); DBUS_SESSION_BUS_ADDRESS=$(cat "$held/bus"); export DISPLAY DBUS_SESSION_BUS_ADDRESS
"$LAUNCHER" --launch-immediately > /dev/null 2>&1 & started="$started $!"
sleep 1
gsettings set org.gnome.desktop.interface toolkit-accessibility true 2> /dev/null || true
orca --version
"$CHROMIUM" --version 2> /dev/null
await() { for _ in $(seq 600); do grep -q "$1" "$held/said" && return; sleep 0.1; done; echo "not heard in a minute: $1"; exit 1; }
orca --user-prefs="$prefs" > /dev/null 2>&1 & started="$started $!"
await "Screen reader on"
"$CHROMIUM" --no-sandbox --disable-gpu --no-first-run --force-renderer-accessibility --user-data-dir="$held/profile" \
  "file://$held/page.html" > /dev/null 2>&1 & started="$started $!"
await "Finished loading"
sleep 3
: > "$held/said"
for _ in 1 2; do xdotool key Tab; sleep 4; done
echo "said while the focus went to the field and into the group:"
cat "$held/said"
grep -q "help of the field" "$held/said" && grep -q "Colour" "$held/said" && ! grep -q "help of the group" "$held/said"
