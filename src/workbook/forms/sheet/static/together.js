// What a group settles: beside each question what every voice said, and what all said alike filled in by one press.

const MOST_SAID = 20; // what more there is to one question is folded

class Together {
  /** `agree(question, value, note)` gives an answer of the group's; `settled` are the answers that it has. */
  constructor(agree) {
    this.agree = agree;
    this.top = make("div", { class: "ss-together-top" });
    this.shown = "";
  }

  /** Show it where it is new; `sheet` is the form that is drawn. */
  show({ words, said, same, why = "" }, sheet, settled) {
    Object.assign(this, { words, same, settled, sheet });
    const now = canonical([words, said, why]);
    if (now !== this.shown) Object.keys(said).filter((question) => sheet?.has(question)).forEach((question) => sheet.putBeside(question, this.drawSaid(question, sheet, said[question])));
    this.shown = now;
    this.why = why;
    this.drawTop();
  }

  /** Take over what the group has settled since. */
  settle(settled) {
    if (!this.words) return;
    this.settled = settled;
    this.drawTop();
  }

  listOpen() { return Object.keys(this.same).filter((question) => this.sheet?.has(question) && !(this.settled[question])); }

  drawTop() {
    const { words } = this;
    const count = this.listOpen().length;
    const told = canonical([this.why, count]);
    if (told === this.told) return;
    const hadFocus = this.top.contains(document.activeElement);
    this.told = told;
    const all = make("button", { type: "button", class: "ss-button ss-agree-all" }, words.agree_all);
    all.addEventListener("click", () => this.agreeAll());
    const same = count ? [make("p", {}, count === 1 ? words.same_one : say(words.same, { count })), all] : [];
    this.top.replaceChildren(make("p", { class: "ss-help", tabindex: "-1" }, this.why || words.see), ...same);
    if (hadFocus) this.top.firstChild.focus();
  }

  agreeAll() {
    const open = this.listOpen();
    open.forEach((question) => this.agree(question, this.same[question], this.words.note_same));
    this.top.append(make("p", { role: "status" }, say(this.words.agreed_all, { count: open.length })));
  }

  drawSaid(question, sheet, lines) {
    const { words } = this;
    const items = lines.map(({ text, value }) => {
      const item = make("li", {}, make("bdi", {}, text));
      if (value === undefined) return item;
      const button = make("button", { type: "button", class: "ss-agree" }, words.use, makeUnseen(`: ${text}`));
      button.addEventListener("click", () => this.agree(question, value, null));
      item.append(" ", button);
      return item;
    });
    const text = sheet.describeQuestion(question);
    return make("div", { class: "ss-said-by", role: "group", "aria-label": say(words.said, { question: text }) },
      ...(items.length ? this.drawList(items) : [make("p", { class: "ss-help" }, words.nothing)]));
  }

  drawList(items) {
    const shown = items.length > MOST_SAID + 5 ? MOST_SAID : items.length;
    const rest = items.slice(shown);
    const more = () => make("details", { class: "ss-more is-filled" }, make("summary", {}, say(this.words.more, { count: rest.length })), make("ul", {}, ...rest));
    return [make("ul", {}, ...items.slice(0, shown)), ...(rest.length ? [more()] : [])];
  }
}
