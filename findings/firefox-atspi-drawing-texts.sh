#!/bin/sh
# Firefox ESR 153.8 and Chromium 156.0.8078.108 with at-spi2-core 2.46 (Debian 12), asked with jeepney 0.9.0: an <svg role="img"> with an
# aria-label and texts inside. ARIA 1.2 (role img: "Children Presentational: True") has its inner texts hidden from screen readers. Chromium gives
# an image without children; Firefox gives the image and every text in it, which Orca 43.1 reads one by one. aria-hidden on a <g> around
# the drawing's content leaves the image with its name in both. Needs Xvfb, dbus-daemon, at-spi2-core; CHROMIUM, FIREFOX, LAUNCHER name others.
set -eu
PYTHON=${PYTHON:-python3}
CHROMIUM=${CHROMIUM:-chromium}
FIREFOX=${FIREFOX:-firefox-esr}
LAUNCHER=${LAUNCHER:-/usr/libexec/at-spi-bus-launcher}
held=$(mktemp -d)
started=""
trap 'kill $started 2>/dev/null || true; sleep 1; rm -rf "$held"' EXIT
"$PYTHON" -m venv "$held/venv"
"$held/venv/bin/pip" install -q --disable-pip-version-check "jeepney==0.9.0"
cat > "$held/page.html" <<'HTML'
<!DOCTYPE html><html lang="en"><title>x</title><h1>Page</h1>
<svg role="img" aria-label="plain" width="200" height="50"><text y="20">one</text><text y="40">two</text></svg>
<svg role="img" aria-label="grouped" width="200" height="50"><g aria-hidden="true"><text y="20">one</text><text y="40">two</text></g></svg>
</html>
HTML
mkdir -m 700 "$held/run" "$held/fox"
export HOME="$held" XDG_RUNTIME_DIR="$held/run" GTK_MODULES=gail:atk-bridge GNOME_ACCESSIBILITY=1 XDG_SESSION_TYPE=x11 MOZ_ENABLE_WAYLAND=0
echo 'user_pref("accessibility.force_disabled", -1); user_pref("termsofuse.bypassNotification", true);' > "$held/fox/user.js"
Xvfb -screen 0 800x600x24 -nolisten tcp -displayfd 3 3> "$held/display" > /dev/null 2>&1 & started="$started $!"
dbus-daemon --session --nofork --print-address=3 3> "$held/bus" 2> /dev/null & started="$started $!"
for _ in $(seq 100); do [ -s "$held/bus" ] && [ -s "$held/display" ] && break; sleep 0.1; done
DISPLAY=:$(cat "$held/display"); DBUS_SESSION_BUS_ADDRESS=$(cat "$held/bus"); export DISPLAY DBUS_SESSION_BUS_ADDRESS
"$LAUNCHER" --launch-immediately > /dev/null 2>&1 & started="$started $!"
sleep 1
gsettings set org.gnome.desktop.interface toolkit-accessibility true 2> /dev/null || true
"$CHROMIUM" --version 2> /dev/null
"$FIREFOX" --version 2> /dev/null
"$CHROMIUM" --no-sandbox --disable-gpu --no-first-run --force-renderer-accessibility --user-data-dir="$held/profile" \
  "file://$held/page.html" > /dev/null 2>&1 & started="$started $!"
"$FIREFOX" --new-instance --profile "$held/fox" "file://$held/page.html" > /dev/null 2>&1 & started="$started $!"
"$held/venv/bin/python" - <<'PY'
import os
import sys
import time

from jeepney import DBusAddress, MessageType, new_method_call
from jeepney.io.blocking import open_dbus_connection

FOUND_WITHIN = 60  # seconds
NAMES = ("plain", "grouped")


def ask(bus, place, interface, method, *arguments):
    name, path = place
    reply = bus.send_and_get_reply(new_method_call(DBusAddress(path, name, interface), method, *arguments))
    return reply.body if reply.header.message_type is MessageType.method_return else None


def tell(bus, place):
    name = ask(bus, place, "org.freedesktop.DBus.Properties", "Get", "ss", ("org.a11y.atspi.Accessible", "Name"))
    role = ask(bus, place, "org.a11y.atspi.Accessible", "GetRoleName")
    return (name[0][1] if name else "", role[0] if role else "")


def walk(bus, place):
    yield place
    for child in (ask(bus, place, "org.a11y.atspi.Accessible", "GetChildren") or [[]])[0]:
        yield from walk(bus, child)


session = open_dbus_connection(bus="SESSION")
os.environ["DBUS_SESSION_BUS_ADDRESS"] = ask(session, ("org.a11y.Bus", "/org/a11y/bus"), "org.a11y.Bus", "GetAddress")[0]
bus = open_dbus_connection(bus="SESSION")
root = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
seen = {}
end = time.monotonic() + FOUND_WITHIN
while time.monotonic() < end and len(seen) < 4:
    time.sleep(2)
    for program in ask(bus, root, "org.a11y.atspi.Accessible", "GetChildren")[0]:
        title = (tell(bus, program)[0].split() or [""])[0]
        for place in walk(bus, program):
            name, role = tell(bus, place)
            if name in NAMES and role == "image":
                seen[title, name] = len(list(walk(bus, place))) - 1
for (program, name), inside in sorted(seen.items()):
    print(f"{program}: image {name}, with {inside} things inside")
expected = {("Chromium", "plain"): 0, ("Chromium", "grouped"): 0, ("Firefox", "plain"): 2, ("Firefox", "grouped"): 0}
sys.exit(0 if seen == expected else 1)
PY
