// The reading below a form. Its HTML comes from the workbook's own views, which escape every word of an answer.

const PAUSE_BEFORE_READING = 700; // milliseconds, before what is slow is drawn again

/** Whether somebody reads a part of the page: by where the focus is, or the place a screen reader reads from. */
class Presence {
  constructor(node, onLeave) {
    Object.assign(this, { node, onLeave, isInside: false });
    this.look = ({ type, target }) => {
      const place = type === "selectionchange" ? getSelection().anchorNode : target;
      // What holds all of the page says nothing of a place in it.
      if (!place || (place !== node && place.contains(node))) return;
      // Nor does a place that was left behind here by somebody whose focus is in a field elsewhere.
      if (type === "selectionchange" && node.contains(place) && isField(document.activeElement)) return;
      const wasInside = this.isInside;
      this.isInside = node.contains(place);
      if (wasInside && !this.isInside) onLeave();
    };
    PLACES.forEach((name) => document.addEventListener(name, this.look));
  }

  stop() { PLACES.forEach((name) => document.removeEventListener(name, this.look)); }
}

const isField = (node) => Boolean(node?.matches("input, select, textarea"));
const PLACES = ["selectionchange", "focusin", "input", "change", "pointerdown"];

/** Make a part of the page like a fresh one and leave what is alike where it is: whoever reads there keeps their place. */
function renew(old, fresh) {
  const before = [...old.childNodes];
  const after = [...fresh.childNodes];
  after.forEach((node, place) => {
    const there = before[place];
    if (!there) old.append(node);
    else if (there.isEqualNode(node)) return;
    else if (there.nodeName !== node.nodeName || there.localName === "svg") there.replaceWith(node);
    else if (there.nodeType === Node.TEXT_NODE) there.nodeValue = node.nodeValue;
    else {
      const gone = there.getAttributeNames().filter((name) => !node.hasAttribute(name) && name !== "open");
      gone.forEach((name) => there.removeAttribute(name));
      node.getAttributeNames().forEach((name) => there.setAttribute(name, node.getAttribute(name)));
      renew(there, node);
    }
  });
  before.slice(after.length).forEach((node) => node.remove());
}

class Reading {
  /** `ask(kind)` asks for what is to be shown: "draw" or "more". */
  constructor(words, id, ask) {
    this.words = words;
    this.ask = ask;
    this.body = make("div", { class: "ss-reading-body" });
    this.more = make("div", { class: "ss-reading-body" });
    this.details = make("details", { class: "ss-further", hidden: true }, make("summary", {}, words.more), this.more);
    this.details.addEventListener("toggle", () => { if (this.details.open) ask("more"); });
    this.title = make("h2", { id: `${id}-reading`, tabindex: "-1" }, words.reading);
    // Words put into a paragraph that stood there before are heard in every browser; a paragraph that is put in is not.
    this.told = make("p", { "aria-live": "polite" });
    this.news = make("div", { class: "ss-news" }, this.told);
    this.node = make("section", { class: "ss-reading", "aria-labelledby": this.title.id, hidden: true }, this.title, make("p", {}, words.reading_help), this.news, this.body, this.details);
    this.presence = new Presence(this.node, () => this.showHeld());
  }

  /** Show a reading; whoever is reading the one before keeps it until they ask for the new one, or go elsewhere. */
  show(reading) {
    this.body.classList.remove("is-waiting");
    const now = canonical([reading.html, reading.why]);
    if (now === this.shown && !this.held) return;
    this.held = reading;
    if (!this.presence.isInside || now === this.shown) this.showHeld();
    else if (!this.told.textContent) this.tellNews();
  }

  tellNews() {
    const button = make("button", { type: "button", class: "ss-button" }, this.words.reading_show);
    button.addEventListener("click", () => {
      this.title.focus();
      this.showHeld();
    });
    this.told.textContent = this.words.reading_changed;
    this.told.after(button);
  }

  showHeld() {
    if (!this.held) return;
    const { html, why } = this.held;
    this.held = null;
    this.told.textContent = "";
    this.told.nextSibling?.remove();
    if (canonical([html, why]) === this.shown) return;
    this.shown = canonical([html, why]);
    this.put(this.body, html, why);
    this.node.hidden = !html && !why;
    this.details.hidden = !html;
    if (!this.details.open) return;
    clearTimeout(this.expanding);
    this.expanding = setTimeout(() => this.ask("more"), PAUSE_BEFORE_READING);
  }

  showMore({ html, why }) { this.put(this.more, html, why); }

  drawLater() {
    this.body.classList.add("is-waiting");
    clearTimeout(this.drawing);
    this.drawing = setTimeout(() => this.ask("draw"), PAUSE_BEFORE_READING);
  }

  stop() {
    [this.drawing, this.expanding].forEach(clearTimeout);
    this.presence.stop();
  }

  put(place, html, why) {
    if (why) place.replaceChildren(make("p", { class: "ss-help" }, say(this.words.reading_failed, { why })));
    else {
      const fresh = document.createElement("div");
      fresh.innerHTML = html;
      renew(place, fresh);
    }
  }
}
