// The verdict beside the form: it moves with each answer, and the focus stays where it is.

const WIDE = "(min-width: 84rem)";
const PAUSE_BEFORE_SAYING = 900; // milliseconds

class Beside {
  /** `ask` asks for the messages, which take longer than an answer should wait. */
  constructor(words, ask) {
    this.words = words;
    this.ask = ask;
    this.line = make("span", { class: "ss-line" });
    this.body = make("div", { class: "ss-reading-body" });
    this.finding = make("div", { class: "ss-reading-body" });
    this.messages = make("div", { class: "ss-reading-body ss-messages" });
    this.said = make("p", { class: "ss-unseen", role: "status" });
    this.details = make("details", {}, make("summary", {}, this.line), this.body, this.finding, this.messages);
    this.node = make("aside", { class: "ss-verdict", "aria-label": words.beside, hidden: true }, this.details, this.said);
    this.wide = matchMedia(WIDE);
    this.fit = () => { this.details.open = this.wide.matches; };
    this.wide.addEventListener("change", this.fit);
    this.fit();
    this.presence = new Presence(this.node, () => {
      if (this.held !== undefined) this.show(this.held);
      if (this.found !== undefined) this.showFinding(this.found);
    });
  }

  /** Show the verdict; whoever reads the one before keeps it until they go elsewhere. */
  show(html) {
    this.held = this.presence.isInside ? html : undefined;
    if (this.presence.isInside || html === this.shown) return;
    this.shown = html;
    this.node.hidden = !html;
    this.body.innerHTML = html;
    const verdict = this.body.querySelector(".ss-says");
    const text = verdict?.textContent ?? "";
    verdict?.remove(); // it is the line that opens the rest
    const isNew = this.line.textContent && this.line.textContent !== text;
    this.line.textContent = text;
    clearTimeout(this.waiting);
    if (html) this.waiting = setTimeout(() => {
      if (isNew) this.said.textContent = text;
      if (document.visibilityState !== "hidden") this.ask();
    }, PAUSE_BEFORE_SAYING);
  }

  /** Show what the chapter found; as with the verdict, whoever reads the one before keeps it. */
  showFinding(html) {
    this.found = this.presence.isInside ? html : undefined;
    if (!this.presence.isInside) this.finding.innerHTML = html;
  }

  showMessages({ html = "" }) { this.messages.innerHTML = html; }

  stop() {
    clearTimeout(this.waiting);
    this.presence.stop();
    this.wide.removeEventListener("change", this.fit);
  }
}
