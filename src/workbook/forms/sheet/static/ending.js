// The end of the way: pages made, others asked, answers taken in. `ask(kind, rest)` sends a message to the kernel.

const LOOK_AT_PAGES = 1000; // milliseconds

class Ending {
  constructor(words, id, { ask, ways }) {
    Object.assign(this, { words, id, ask, ways });
    this.told = {};
    this.titles = {};
    this.node = make("details", { class: "ss-ending" }, make("summary", {}, words.title), this.drawPages(), this.drawAsk(), this.drawTake());
  }

  drawPart(name, ...inner) {
    const title = this.titles[name] = make("h3", { id: `${this.id}-${name}`, tabindex: "-1" }, this.words[name].title);
    this.told[name] = make("div", { class: "ss-told", role: "status" });
    return make("section", { "aria-labelledby": title.id }, title, make("p", { class: "ss-help" }, this.words[name].help), ...inner, this.told[name]);
  }

  drawSelect(name, label, options) {
    const select = make("select", { id: `${this.id}-${name}` }, ...options.map(([value, text]) => make("option", { value }, text)));
    return [select, make("div", { class: "ss-field" }, make("label", { for: select.id }, label), select)];
  }

  drawButton(label, go) {
    const button = make("button", { type: "button", class: "ss-button" }, label);
    button.addEventListener("click", go);
    return button;
  }

  drawPages() {
    const { pages } = this.words;
    const [edition, editionField] = this.drawSelect("edition", pages.edition, Object.entries(pages.editions));
    const [format, formatField] = this.drawSelect("format", pages.format, Object.entries(pages.formats));
    return this.drawPart("pages", editionField, formatField,
      this.drawButton(pages.make, () => this.ask("pages", { edition: edition.value, format: format.value })));
  }

  drawAsk() {
    const { ask } = this.words;
    const [length, field] = this.drawSelect("length", this.ways.words.choose, this.ways.all.map(({ id, label }) => [id, label]));
    const reminder = make("details", {}, make("summary", {}, ask.reminder), make("p", {}, ask.reminder_text));
    return this.drawPart("ask", field, this.drawButton(ask.make, () => this.ask("ask", { length: length.value })), reminder);
  }

  drawTake() {
    const { take } = this.words;
    const files = make("input", { type: "file", multiple: true, id: `${this.id}-files` });
    this.file = this.drawButton(take.file_them, () => this.ask("take", { files: this.read, tries: false }));
    this.file.hidden = true;
    files.addEventListener("change", async () => {
      this.read = await Promise.all([...files.files].map(readFile));
      if (this.read.length) this.ask("take", { files: this.read, tries: true });
    });
    return this.drawPart("take", make("div", { class: "ss-field" }, make("label", { for: files.id }, take.files), files), this.file);
  }

  show(reply) {
    this.isRunning = Boolean(reply.running);
    const name = reply.asked === "making" ? "pages" : reply.asked;
    const lines = reply.text.split("\n").map((line) => make("p", {}, line));
    const links = (reply.links ?? []).map(({ label, href, name: file }) => make("li", {},
      make("a", { href: findRoot() + href, target: "_blank", rel: "noopener", download: name === "ask" || !file.endsWith(".html") ? file : null }, label)));
    if (name === "take") this.showTaken(reply, lines);
    // Said once, not at every look while it takes its time.
    if (this.told[name].textContent !== reply.text || links.length) this.told[name].replaceChildren(...lines, ...(links.length ? [make("ul", {}, ...links)] : []));
    if (reply.running) this.looking = setTimeout(() => this.ask("making"), LOOK_AT_PAGES);
  }

  showTaken({ tries, taken }, lines) {
    const { take } = this.words;
    this.file.hidden = !tries || !taken;
    lines.push(make("p", {}, tries ? (taken ? "" : take.nothing) : take.filed));
  }

  open(part) {
    this.node.open = true;
    const place = this.titles[part] ?? this.node.querySelector("summary");
    place.focus();
    place.scrollIntoView({ block: "center" });
  }

  stop() { clearTimeout(this.looking); }
}

async function readFile(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let start = 0; start < bytes.length; start += 8192) text += String.fromCharCode(...bytes.subarray(start, start + 8192));
  return { name: file.name, content: btoa(text) };
}

/** Where the server's own addresses begin: before JupyterLab's or Voilà's. */
function findRoot() { return location.pathname.replace(/(?:doc|lab|voila)\/.*$/, ""); }
