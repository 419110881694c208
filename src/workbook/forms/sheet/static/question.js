// One question: its words, its control, the note and the choice of who may see it, and what is wrong with it.

const PAUSE = 600; // milliseconds without a key before typed words are kept
const MOST_WORDS = 6; // of a question that name a button beside it

class Question {
  constructor(page, asked) {
    this.page = page;
    this.asked = asked;
    this.id = `${page.prefix}-${++page.count}`;
    this.kept = {}; // what else stands beside the value in the file, handed back as it came
    this.last = "null"; // the answer as the host knows it
    this.untouched = "null"; // what the fields held when they were last filled, or handed to the host
    this.timer = 0;
    this.stopped = false;
    this.told = false; // whether the problems shown came from outside, and stand until the answer changes
    this.label = make("span", { id: `${this.id}-text` }, make("bdi", {}, asked.text));
    this.error = make("p", { class: "ss-error", id: `${this.id}-error`, hidden: true });
    const help = ["help", "example"].filter((name) => asked[name]).map((name) => make("p", { class: `ss-${name}`, id: `${this.id}-${name}` },
      ...(name === "example" ? [make("span", { class: "ss-lead" }, page.words.example), " "] : []), asked[name]));
    this.describedBy = help.map((one) => one.id);
    this.control = makeControl(this);
    this.unsure = this.control.ownUnsure || asked.sure ? null : this.drawUnsure();
    this.clear = this.drawClear();
    this.node = make("div", { class: `ss-question ss-kind-${asked.kind}`, "data-question": asked.id }, ...this.drawParts(help));
    this.describeEntry();
    this.listen();
  }

  /** What is asked and what stands beside it: in one group, so that the question is heard once for all of it. */
  drawParts(help) {
    const inner = [...help, ...this.control.nodes, this.unsure?.node, this.error];
    if (this.control.single) {
      const label = make("label", { class: "ss-ask", for: this.control.single.id }, this.label);
      return [make("div", { class: "ss-frame" }, label, ...inner), this.drawMore()];
    }
    const legend = make("legend", { class: "ss-ask" }, this.label);
    this.given = make("div", { class: "ss-given" }, ...inner);
    this.frame = make("fieldset", { class: "ss-frame", role: this.control.role }, legend, this.given, this.drawMore());
    return [this.frame];
  }

  /** Describe by the help of a group the control at which Tab enters it: not every screen reader says what describes a group. */
  describeEntry() {
    if (!this.frame) return;
    const give = (node, ids) => {
      const own = (node?.getAttribute("aria-describedby") || "").split(" ").filter((id) => id && !this.describedBy.includes(id));
      if (node) describe(node, [...own, ...ids]);
    };
    const entry = this.control.find("");
    if (entry === this.entry) return;
    give(this.entry, []);
    give(entry, this.describedBy);
    this.entry = entry;
  }

  drawUnsure() {
    const input = make("input", { type: "checkbox", id: `${this.id}-unsure` });
    const { unsure, unsure_all } = this.page.words;
    const label = make("label", { for: input.id, id: `${this.id}-unsure-label` }, this.control.many ? unsure_all : unsure,
      this.makeBelonging());
    let before;
    input.addEventListener("change", () => {
      if (input.checked) before = this.control.read([]);
      this.control.write(input.checked ? undefined : before);
    });
    return { input, node: make("div", { class: "ss-option ss-unsure" }, input, label) };
  }

  drawClear() {
    const button = make("button", { type: "button", class: "ss-clear", id: `${this.id}-clear`, hidden: true }, this.page.words.take_back, this.makeBelonging());
    button.addEventListener("click", () => {
      this.write(null);
      this.commit();
      this.page.announce(this.page.words.taken_back);
      this.findInput("").focus();
    });
    return button;
  }

  drawMore() {
    const { words } = this.page;
    const labelled = (name, control, text) => {
      control.id = `${this.id}-${name}`;
      return make("label", { for: control.id }, text, this.makeBelonging());
    };
    this.note = makeText("long_text");
    const noteLabel = labelled("note", this.note.input, words.note);
    const levels = Object.entries(words[this.page.reach] ?? { default: "" }).map(([level, text]) => make("option", { value: level === "default" ? "" : level }, text));
    this.reach = make("select", {}, ...levels);
    this.nameDefault();
    const reachLabel = labelled("reach", this.reach, words.who_may_see);
    const summary = make("summary", { id: `${this.id}-more` }, words.more, this.makeBelonging());
    this.more = make("details", { class: "ss-more" }, summary,
      make("div", { class: "ss-beside" }, noteLabel, this.note.node), make("div", { class: "ss-beside" }, reachLabel, this.reach));
    // A fact is nobody's own: there is nothing to say of who may see it.
    if (!this.page.reach || this.asked.plain) return make("div", { class: "ss-after" }, this.clear);
    const levels_on_paper = Object.entries(words[this.page.reach]).filter(([level]) => level !== "default").map(([, text]) => text).join(" / ");
    const paper = make("p", { class: "ss-paper ss-room" }, say(words.beside_on_paper, { levels: levels_on_paper }));
    return make("div", { class: "ss-after" }, this.clear, this.more, paper);
  }

  /** The beginning of the question, heard with what stands beside its field, where no group says it already. */
  makeBelonging() {
    if (!this.control?.single) return null;
    const parts = this.asked.text.split(/\s+/);
    return makeUnseen(`: ${parts.length > MOST_WORDS + 1 ? `${parts.slice(0, MOST_WORDS).join(" ")}…` : this.asked.text}`);
  }

  /** Say who may see an answer that is not marked by itself. */
  nameDefault() {
    const { words, reach, reachOfAll } = this.page;
    if (!reach) return;
    this.reach.options[0].textContent = say(words[reach].default, { of_all: words[reach][reachOfAll] ?? "" });
  }

  listen() {
    this.node.addEventListener("input", (event) => {
      if (!isTyped(event.target)) return;
      if (event.target !== this.note.input && this.unsure) this.unsure.input.checked = false;
      this.control.changed?.();
      this.later();
    });
    this.node.addEventListener("change", (event) => {
      const beside = event.target === this.reach || event.target === this.note.input || event.target === this.unsure?.input;
      if (!beside && !isTyped(event.target) && this.unsure) this.unsure.input.checked = false;
      this.control.changed?.();
      this.commit();
    });
    // Whoever goes on from the fields to the note is told at once, and not at the next question, where it would be lost.
    this.node.addEventListener("focusout", ({ target, relatedTarget }) => {
      const left = [this.node, this.given].filter((one) => one?.contains(target));
      if (left.every((one) => one.contains(relatedTarget))) return;
      this.flush();
      this.describeEntry();
      // A click on a label takes the focus away and gives it back: only a person who has gone on is told.
      setTimeout(() => left.every((one) => one.contains(document.activeElement)) || this.leave());
    });
  }

  leave() {
    if (this.stopped) return;
    const faults = this.listFaults();
    if (!faults.length && this.told) return;
    const before = this.error.textContent;
    this.showFaults(faults);
    if (faults.length && this.error.textContent !== before) this.page.announce(`${this.describePlace(faults[0].inside)} – ${explain(this.page, faults[0])}`);
  }

  isFaulty() { return !this.error.hidden; }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.commit(), PAUSE);
    this.page.onDraft(this.asked.id, this.read().answer);
  }

  flush() { if (this.timer) this.commit(); }

  stop() {
    clearTimeout(this.timer);
    this.stopped = true;
  }

  commit() {
    if (this.stopped) return null;
    clearTimeout(this.timer);
    this.timer = 0;
    const { answer, faults } = this.read();
    this.showState(answer);
    this.page.onDraft(this.asked.id, answer);
    if (faults.length) return null;
    const now = canonical(answer);
    if (now === this.last) return this.told || this.showFaults([]);
    this.told = false;
    this.showFaults([]);
    this.last = now;
    this.untouched = now;
    return this.page.onAnswer(this.asked.id, answer);
  }

  /** The answer as it stands, complete or not, and what is still wrong with it. */
  read() {
    const faults = [];
    const value = this.unsure?.input.checked ? UNSURE : this.control.read(faults);
    const note = this.note.read(faults, "note", this.page);
    const reach = this.reach.value;
    if (value === undefined && note !== undefined) faults.push({ inside: "note", message: this.page.words.fault.note_alone });
    const beside = { ...(note === undefined ? {} : { note }), ...(reach ? { [this.page.reach]: reach } : {}) };
    if (value === undefined) return { answer: faults.length ? beside : null, faults };
    return { answer: { ...this.kept, value, ...beside }, faults };
  }

  /** The answer without its faulty parts, null where nothing is left. */
  readSound() {
    const { answer, faults } = this.read();
    if (!faults.length || !answer) return answer;
    const value = faults.some(({ inside }) => inside === "note") ? undefined : this.control.sift?.(answer.value, faults);
    return value === undefined ? null : { ...answer, value };
  }

  /** Whether somebody has begun to change this answer, and the host does not know it yet. */
  isBegun() { return Boolean(this.timer) || this.told || canonical(this.read().answer) !== this.untouched; }

  /** Show an answer, unless somebody is changing the one that is shown; return whether it is shown now. */
  setAnswer(answer) {
    if (canonical(answer) === this.last) return true;
    if (this.isBegun()) return false;
    this.write(answer);
    const { answer: shown } = this.read();
    this.last = canonical(answer);
    this.untouched = canonical(shown);
    this.showState(shown);
    return true;
  }

  /** Put back what somebody had begun here before the form was drawn anew. */
  setBegun(answer) {
    this.write(answer);
    this.showState(this.read().answer);
  }

  give(value, note) {
    this.write({ ...this.read().answer, value, ...(note ? { note } : {}) });
    this.commit();
  }

  addRow(values, column) {
    this.control.add?.(values, column);
    this.later();
  }

  putBeside(node) {
    const before = this.node.querySelector(".ss-said-by");
    const hadFocus = before?.contains(document.activeElement);
    before?.remove();
    this.clear.parentNode.before(node);
    if (hadFocus) node.querySelector("button")?.focus();
  }

  /** Open what the question is folded away in. */
  unfold() {
    const folded = this.node?.closest(".ss-optional");
    if (folded) folded.open = true;
  }

  write(answer) {
    const { value, note, [this.page.reach]: reach, ...kept } = answer ?? {};
    this.kept = kept;
    if (this.unsure) this.unsure.input.checked = value === UNSURE;
    this.control.write(this.unsure && value === UNSURE ? undefined : value);
    this.note.write(note);
    this.reach.value = reach ?? "";
    if (note || reach) this.more.open = true;
    if (answer) this.unfold();
    this.control.changed?.();
    this.describeEntry();
    this.showFaults([]);
  }

  showState(answer) {
    this.clear.hidden = answer === null;
    this.node.classList.toggle("is-answered", answer !== null);
    this.more.classList.toggle("is-filled", Boolean(this.note.input.value || this.reach.value));
  }

  listFaults() { return this.read().faults.map((fault) => ({ ...fault, question: this.asked.id })); }

  showFaults(faults) {
    for (const marked of this.node.querySelectorAll("[aria-invalid]")) {
      marked.removeAttribute("aria-invalid");
      describe(marked, (marked.getAttribute("aria-describedby") || "").split(" ").filter((id) => id && id !== this.error.id));
    }
    this.node.classList.toggle("is-faulty", faults.length > 0);
    this.error.hidden = faults.length === 0;
    this.error.replaceChildren(...faults.map((fault) => make("span", { class: "ss-fault" },
      make("span", { class: "ss-lead" }, this.page.words.to_mend), ` ${this.describeInside(fault.inside)}${explain(this.page, fault)}`)));
    for (const fault of faults) {
      const input = this.findInput(fault.inside);
      const target = this.control.role === "radiogroup" && input.type === "radio" ? this.frame : input;
      target.setAttribute("aria-invalid", "true");
      const before = (target.getAttribute("aria-describedby") || "").split(" ").filter((id) => id && id !== this.error.id);
      describe(target, [...before, this.error.id]);
    }
  }

  findInput(inside) {
    if (inside === "note") return this.note.input;
    return this.control.find(inside || "") ?? this.control.find("");
  }

  describeInside(inside) {
    const text = inside && this.control.describe ? this.control.describe(inside) : "";
    return text ? `${text}: ` : "";
  }

  describePlace(inside) {
    const text = inside && this.control.describe ? this.control.describe(inside) : "";
    return text ? `${this.asked.text} (${text})` : this.asked.text;
  }

  focus(inside) {
    if (inside === "note") this.more.open = true;
    this.unfold();
    const input = this.findInput(inside);
    if (!this.told) this.showFaults(this.listFaults());
    input.focus();
    input.scrollIntoView?.({ block: "center" });
  }
}
