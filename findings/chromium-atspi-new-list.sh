#!/bin/sh
# Chromium 156.0.8078.108 with at-spi2-core 2.46 (Debian 12), asked with jeepney 0.9.0: a <select> that a script puts on the page, and that
# nobody focuses or chooses in, sends the AT-SPI event object:selection-changed, as when somebody has chosen in it; Orca 43.1 therefore says
# the list, its value and "collapsed". Put there under aria-hidden, which is taken away later, its event comes from under no combo box, and Orca
# says nothing. Needs Xvfb, dbus-daemon and at-spi2-core; CHROMIUM names another browser, LAUNCHER the launcher of the accessibility bus.
set -eu
PYTHON=${PYTHON:-python3}
CHROMIUM=${CHROMIUM:-chromium}
LAUNCHER=${LAUNCHER:-/usr/libexec/at-spi-bus-launcher}
held=$(mktemp -d)
started=""
trap 'kill $started 2>/dev/null || true; sleep 1; rm -rf "$held"' EXIT
"$PYTHON" -m venv "$held/venv"
"$held/venv/bin/pip" install -q --disable-pip-version-check "jeepney==0.9.0"
cat > "$held/page.html" <<'HTML'
<!DOCTYPE html><html lang="en"><title>x</title><h1>Page</h1><div id="place"></div><script>
const put = (name, isHidden) => {
  const list = document.createElement("select");
  list.setAttribute("aria-label", name);
  list.append(...["one", "two"].map((text) => new Option(text)));
  list.value = "two";
  if (isHidden) { list.setAttribute("aria-hidden", "true"); setTimeout(() => list.removeAttribute("aria-hidden"), 1000); }
  document.getElementById("place").append(list);
};
setTimeout(() => put("plainly", false), 8000);
setTimeout(() => put("hidden at first", true), 11000);
</script></html>
HTML
mkdir -m 700 "$held/run"
export HOME="$held" XDG_RUNTIME_DIR="$held/run" GTK_MODULES=gail:atk-bridge GNOME_ACCESSIBILITY=1 XDG_SESSION_TYPE=x11
Xvfb -screen 0 800x600x24 -nolisten tcp -displayfd 3 3> "$held/display" > /dev/null 2>&1 & started="$started $!"
dbus-daemon --session --nofork --print-address=3 3> "$held/bus" & started="$started $!"
for _ in $(seq 100); do [ -s "$held/bus" ] && [ -s "$held/display" ] && break; sleep 0.1; done
DISPLAY=:$(cat "$held/display"); DBUS_SESSION_BUS_ADDRESS=$(cat "$held/bus"); export DISPLAY DBUS_SESSION_BUS_ADDRESS
"$LAUNCHER" --launch-immediately > /dev/null 2>&1 & started="$started $!"
sleep 1
"$CHROMIUM" --version 2>/dev/null
"$CHROMIUM" --no-sandbox --disable-gpu --no-first-run --force-renderer-accessibility --user-data-dir="$held/profile" \
  "file://$held/page.html" > /dev/null 2>&1 & started="$started $!"
"$held/venv/bin/python" - <<'PY'
import os
import sys
import time

from jeepney import DBusAddress, HeaderFields, MatchRule, new_method_call
from jeepney.io.blocking import open_dbus_connection

WATCHED = 16  # seconds: the page puts its lists there after 8 and 11


def ask(bus, place, interface, method, *arguments):
    name, path = place
    return bus.send_and_get_reply(new_method_call(DBusAddress(path, name, interface), method, *arguments)).body


def read(bus, place, name):
    return ask(bus, place, "org.freedesktop.DBus.Properties", "Get", "ss", ("org.a11y.atspi.Accessible", name))[0][1]


session = open_dbus_connection(bus="SESSION")
os.environ["DBUS_SESSION_BUS_ADDRESS"] = ask(session, ("org.a11y.Bus", "/org/a11y/bus"), "org.a11y.Bus", "GetAddress")[0]
bus = open_dbus_connection(bus="SESSION")
registry = ("org.a11y.atspi.Registry", "/org/a11y/atspi/registry")
ask(bus, registry, "org.a11y.atspi.Registry", "RegisterEvent", "s", ("object:selection-changed",))
rule = MatchRule(type="signal", interface="org.a11y.atspi.Event.Object", member="SelectionChanged").serialise()
ask(bus, ("org.freedesktop.DBus", "/org/freedesktop/DBus"), "org.freedesktop.DBus", "AddMatch", "s", (rule,))
seen = []
end = time.monotonic() + WATCHED
while time.monotonic() < end:
    try:
        fields = bus.receive(timeout=0.5).header.fields
    except TimeoutError:
        continue
    if fields.get(HeaderFields.member) == "SelectionChanged":
        parent = read(bus, (fields[HeaderFields.sender], fields[HeaderFields.path]), "Parent")
        seen.append((ask(bus, parent, "org.a11y.atspi.Accessible", "GetRoleName")[0], read(bus, parent, "Name")))
print("object:selection-changed came from under:", seen)
sys.exit(0 if seen == [("combo box", "plainly"), ("section", "")] else 1)
PY
