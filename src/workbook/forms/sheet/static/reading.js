// The reading below a form. Its HTML comes from the workbook's own views, which escape every word of an answer.

const PAUSE_BEFORE_READING = 700; // milliseconds, before what is slow is drawn again

class Reading {
  /** `ask(kind)` asks for what is to be shown: "draw" or "more". */
  constructor(words, id, ask) {
    this.words = words;
    this.ask = ask;
    this.body = make("div", { class: "ss-reading-body" });
    this.more = make("div", { class: "ss-reading-body" });
    this.details = make("details", { class: "ss-further", hidden: true }, make("summary", {}, words.more), this.more);
    this.details.addEventListener("toggle", () => { if (this.details.open) ask("more"); });
    const title = make("h2", { id: `${id}-reading` }, words.reading);
    this.node = make("section", { class: "ss-reading", "aria-labelledby": title.id, hidden: true }, title, make("p", {}, words.reading_help), this.body, this.details);
  }

  show({ html, why }) {
    this.body.classList.remove("is-waiting");
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

  stop() { [this.drawing, this.expanding].forEach(clearTimeout); }

  put(place, html, why) {
    if (why) place.replaceChildren(make("p", { class: "ss-help" }, say(this.words.reading_failed, { why })));
    else place.innerHTML = html;
  }
}
