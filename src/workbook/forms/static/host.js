// The host of a sheet in a notebook: who answers, saving, and the reading below. It comes after the renderer in one
// module, and uses its small functions.

export default (() => {
  const NO_REPLY = 8000; // milliseconds
  const LOOK_EVERY = 3000;
  const PAUSE = 700; // before what is slow is drawn again
  const LEAVING = ["soil-and-seeds:leaving", "beforeunload"];

  const clock = () => new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const today = () => new Date().toLocaleDateString("sv-SE"); // year-month-day

  /** By chapter, what was sent and not acknowledged: the form that follows a killed kernel sends it again. Memory only. */
  const unsent = (globalThis.soilAndSeedsUnsent ??= new Map());

  // Who answers is kept for this window alone: another window may be another person's.
  function recall(key) {
    try { return sessionStorage.getItem(key); } catch { return null; }
  }

  function remember(key, voice) {
    try { sessionStorage.setItem(key, voice); } catch { /* a browser may refuse; the person chooses again */ }
  }

  class Form {
    constructor(model, el) {
      this.model = model;
      this.view = Math.random().toString(36).slice(2);
      this.key = `soil-and-seeds:voice:${model.get("slug")}`;
      this.voice = recall(this.key);
      this.number = 0;
      const place = `${this.key}:${model.get("chapter")}`;
      // voice and question -> {number, voice, question, answer, base, earlier}
      this.waiting = unsent.get(place) ?? new Map();
      unsent.set(place, this.waiting);
      this.seen = {}; // the answers as this window last knew them to be saved, or sent
      this.root = make("section", { class: "ss-form" });
      // JupyterLab takes keys pressed on radio buttons and lists for its own commands, unless what has the focus says no.
      this.root.addEventListener("focusin", ({ target }) => target.setAttribute("data-lm-suppress-shortcuts", "true"));
      // It also takes every new line in a text inside a cell for the key that runs the cell, and keeps it from the text.
      this.root.addEventListener("beforeinput", (event) => { if (event.inputType === "insertLineBreak") event.stopPropagation(); }, true);
      el.append(this.root);
      this.onMessage = (message) => this.receive(message);
      model.on("msg:custom", this.onMessage);
      this.onLeave = (event) => {
        this.sheet?.flush();
        if (!this.waiting.size) return;
        const leaving = event.detail ?? event;
        leaving.preventDefault();
        leaving.stopImmediatePropagation();
      };
      // The page of `workbook open --app` passes on that it is being left before Voilà hears of it, which ends the kernel.
      LEAVING.forEach((name) => window.addEventListener(name, this.onLeave));
      this.looking = setInterval(() => this.look(), LOOK_EVERY);
      this.send("open");
    }

    destroy() {
      this.sheet?.flush();
      this.sheet?.destroy();
      this.model.off("msg:custom", this.onMessage);
      LEAVING.forEach((name) => window.removeEventListener(name, this.onLeave));
      [this.late, this.drawing, this.expanding, this.counting].forEach(clearTimeout);
      clearInterval(this.looking);
    }

    send(kind, rest = {}) {
      this.late ??= setTimeout(() => this.showSilence(), NO_REPLY);
      try {
        this.model.send({ kind, view: this.view, voice: this.voice, ...rest });
      } catch {
        this.showSilence();
      }
    }

    look() {
      if (document.visibilityState === "hidden") return;
      if (!this.state) this.send("open");
      else this.send("look", { stamp: this.state.stamp });
      if (this.sheet) this.merge(this.state.answers); // a change that was given up makes room for the other window's
      this.sendAgain(({ failed }) => failed);
    }

    receive(message) {
      if (message.view !== this.view) return;
      clearTimeout(this.late);
      this.late = undefined;
      if (this.silent) {
        this.silent = false;
        if (this.state) this.tell(this.words.back);
      }
      const handlers = {
        state: () => this.open(message),
        changed: () => this.adopt(message),
        saved: () => this.acknowledge(message),
        refused: () => this.refuse(message),
        failed: () => this.fail(message),
        stuck: () => this.fail(message),
        reading: () => this.showReading(message),
        waits: () => this.drawLater(),
        more: () => this.showMore(message),
      };
      handlers[message.kind]?.();
    }

    // ---- drawing

    open(state) {
      this.state = state;
      this.words = state.words;
      this.names = { words: state.words, id: this.view };
      this.voice = state.voice;
      this.sheet?.destroy();
      this.sheet = null;
      this.root.setAttribute("aria-label", say(this.words.region, { title: state.sheet.title }));
      this.status = make("p", { class: "ss-save", role: "status" });
      this.alert = make("p", { class: "ss-save ss-alert", role: "alert" });
      this.begun = make("p", { class: "ss-save ss-begun", role: "status" });
      this.saving = make("div", { class: "ss-saving" }, this.status, this.alert, this.begun);
      this.who = make("div", { class: "ss-who" });
      this.fields = make("div", { class: "ss-fields" });
      this.conflicts = make("div", { class: "ss-conflicts" });
      this.progress = make("div", { class: "ss-progress", tabindex: "-1" });
      const place = make("div", { class: "ss-place" });
      this.place = place;
      this.onward = make("p", { class: "ss-onward" });
      this.shownConflicts = null;
      const reading = this.makeReading();
      const top = make("div", { class: "ss-top" }, this.who, this.fields, this.progress);
      this.root.replaceChildren(top, this.conflicts, place, this.saving, reading, this.onward);
      this.drawWho();
      this.drawFields();
      this.show(state);
      if (!state.voice) return;
      remember(this.key, state.voice);
      if (state.sheet.questions.length) {
        const sheet = { ...state.sheet, title: "", why: "", two_ways: null };
        const reach = state.voice === GROUP ? "edition" : "consent";
        const onAnswer = (id, answer) => this.answer(id, answer);
        this.sheet = renderSheet(place, sheet, { answers: state.answers, reach, onAnswer, onDraft: () => this.countLater() });
        this.tell(this.words.not_yet);
      }
      this.sendAgain();
      this.merge(state.answers);
    }

    makeReading() {
      const { words } = this;
      this.reading = make("div", { class: "ss-reading-body" });
      this.more = make("div", { class: "ss-reading-body" });
      this.details = make("details", { class: "ss-further", hidden: true }, make("summary", {}, words.more), this.more);
      this.details.addEventListener("toggle", () => { if (this.details.open) this.send("more"); });
      const title = make("h2", { id: `${this.view}-reading` }, words.reading);
      this.readingPlace = make("section", { class: "ss-reading", "aria-labelledby": title.id, hidden: true }, title, make("p", {}, words.reading_help), this.reading, this.details);
      return this.readingPlace;
    }

    drawWho() {
      const { words, state } = this;
      const id = `${this.view}-who`;
      const select = make("select", { id, "aria-describedby": `${id}-help` });
      const options = [["", words.choose_who], ...state.voices.map((voice) => [voice.id, voice.label]), [GROUP, words.group], [NEW, words.someone_new]];
      select.append(...options.map(([value, text]) => make("option", { value, disabled: value === "" }, text)));
      select.value = state.voice ?? "";
      select.addEventListener("change", () => {
        if (select.value === NEW) return this.drawNew();
        this.sheet?.flush();
        this.place.hidden = true; // what is still shown is another person's
        this.voice = select.value;
        remember(this.key, this.voice);
        this.refocus = "who";
        this.send("open");
      });
      this.who.replaceChildren(
        make("p", { class: "ss-engagement" }, `${words.engagement}: `, make("strong", {}, make("bdi", {}, state.title))),
        make("label", { for: id }, words.who), select, make("p", { class: "ss-help", id: `${id}-help` }, state.voice === GROUP ? words.group_help : words.who_help));
      if (this.refocus === "who") select.focus();
      if (this.refocus === "progress") this.progress.focus();
      this.refocus = "";
    }

    drawFields() {
      const voice = this.state.voices.find(({ id }) => id === this.state.voice);
      if (!voice) return this.fields.replaceChildren();
      const details = make("details", {}, make("summary", {}, this.words.change));
      details.append(makeFields(this.names, voice, this.words.save_fields, (fields) => this.send("change", fields)));
      this.fields.replaceChildren(details);
    }

    drawNew() {
      // Nobody's answers are shown, nor can be changed by mistake, while somebody else says who they are.
      this.sheet?.flush();
      this.place.hidden = true;
      const form = makeFields(this.names, {}, this.words.start, (fields) => {
        this.refocus = "progress";
        this.send("create", { ...fields, day: today() });
      });
      form.prepend(make("h3", {}, this.words.new_title));
      this.fields.replaceChildren(form);
      form.querySelector("input").focus();
    }

    /** Show what every reply may bring: progress, conflicts, the voices by name. */
    show(state) {
      const { words } = this;
      const here = state.chapters.find(({ id }) => id === this.model.get("chapter"));
      const parts = [];
      if (here && state.voice) {
        const text = say(words.progress, here);
        const bar = make("progress", { max: here.asked, value: here.answered, "aria-label": text });
        parts.push(make("p", { class: "ss-count" }, text, " ", bar));
      }
      if (!state.chapters.some(({ id }) => id === this.model.get("chapter")) && !this.state.sheet.questions.length) parts.push(make("p", { class: "ss-help" }, words.nothing_asked));
      const links = state.chapters.map((chapter) => make("li", {},
        chapter === here ? make("strong", {}, `${chapter.title} (${words.here})`) : this.makeLink(chapter, chapter.title),
        state.voice ? ` ${say(words.chapter_done, chapter)}` : null));
      const list = make("details", { class: "ss-chapters", open: !here }, make("summary", {}, words.chapters), make("ol", {}, ...links));
      if (this.progress.querySelector("details")?.open) list.open = true;
      const focused = this.progress.contains(document.activeElement);
      this.progress.replaceChildren(...parts, list);
      if (focused) this.progress.focus();
      const next = state.chapters[state.chapters.indexOf(here) + 1];
      this.onward.replaceChildren(...(next && state.voice ? [this.makeLink(next, say(words.next, next))] : []));
      this.drawConflicts(state.conflicts);
      this.countBegun();
    }

    makeLink({ notebook }, text) { return make("a", { href: notebook, "data-notebook": notebook }, text); }

    drawConflicts(conflicts) {
      const { words } = this;
      const now = canonical(conflicts);
      if (now === this.shownConflicts) return;
      this.shownConflicts = now;
      this.conflicts.replaceChildren(...conflicts.map((conflict) => {
        const settle = () => this.send("settle", { question: conflict.question });
        return makeConflict(words, conflict, settle, () => { this.answer(conflict.question, conflict.answer); settle(); });
      }));
    }

    // ---- saving

    answer(question, answer) {
      const { voice } = this;
      const before = this.waiting.get(`${voice} ${question}`);
      const base = before ? before.base : this.seen[question] ?? null;
      // The file may hold any of those on their way: which of them came through, a kernel that died did not say.
      const earlier = before ? [...before.earlier, before.answer] : [];
      this.seen[question] = answer;
      this.transmit({ voice, question, answer, base, earlier });
    }

    transmit({ voice, question, answer, base, earlier }) {
      const sent = { number: `${this.view} ${++this.number}`, voice, question, answer, base, earlier };
      this.waiting.set(`${voice} ${question}`, sent);
      if (!this.silent) this.tell(this.words.saving);
      this.send("answer", sent);
    }

    sendAgain(chosen = () => true) {
      [...this.waiting.values()].filter(chosen).forEach((sent) => this.transmit(sent));
    }

    findSent({ number }) {
      return [...this.waiting.entries()].find(([, sent]) => sent.number === number) ?? [];
    }

    acknowledge(message) {
      this.waiting.delete(this.findSent(message)[0]);
      if (message.voice === this.voice) this.adopt(message, true);
      if (this.waiting.size) return;
      const template = message.answer === null ? this.words.taken_back : this.words.saved_reading;
      this.savedText = say(template, { time: clock() });
      this.tell(this.savedText);
    }

    adopt(message, mine = false) {
      const before = canonical(this.seen);
      this.state = { ...this.state, ...message };
      this.merge(message.answers);
      if (message.fields) this.tell(this.words.fields_saved);
      else if (!mine && this.voice && canonical(this.seen) !== before) this.tell(this.words.changed);
      if (message.fields || message.voice !== this.voice) this.drawWho();
      this.show(this.state);
    }

    /** Take over what is saved, but for the answers that are on their way and those that somebody is changing. */
    merge(answers) {
      const before = this.seen;
      const mine = [...this.waiting.values()].filter(({ voice }) => voice === this.voice);
      this.seen = { ...answers, ...Object.fromEntries(mine.map(({ question, answer }) => [question, answer])) };
      // Who is changing an answer has not seen what another window made of it: it must meet theirs as a conflict.
      this.sheet?.setAnswers(this.seen).forEach((question) => { this.seen[question] = before[question] ?? null; });
      this.sheet?.setReachOfAll(this.state.edition);
    }

    countLater() {
      clearTimeout(this.counting);
      this.counting = setTimeout(() => this.countBegun(), PAUSE);
    }

    /** Say at the bottom edge what else needs a hand, wherever on the page it is, with a button that goes there. */
    countBegun() {
      const { words, sheet } = this;
      const begun = sheet?.listUnfinished() ?? [];
      const count = new Set(begun.map(({ question }) => question)).size;
      const conflict = this.conflicts.querySelector(".ss-conflict");
      const parts = [];
      if (count) parts.push([count === 1 ? words.unfinished_one : say(words.unfinished, { count }), () => sheet.focusQuestion(begun[0].question, begun[0].inside)]);
      if (conflict) parts.push([`${words.conflict_title}.`, () => { conflict.scrollIntoView({ block: "center" }); conflict.querySelector("button").focus(); }]);
      const now = parts.map(([text]) => text).join(" ");
      if (now === (this.begun.dataset.text ?? "")) return;
      this.begun.dataset.text = now;
      this.begun.replaceChildren(...parts.map(([text, go]) => {
        const button = make("button", { type: "button", class: "ss-go", "aria-label": `${words.show}: ${text}` }, words.show);
        button.addEventListener("click", go);
        return make("span", {}, text, " ", button);
      }));
    }

    refuse(message) {
      this.waiting.delete(this.findSent(message)[0]);
      this.sheet?.showProblems(message.problems);
      this.complain(say(this.words.not_saved, { why: message.problems.map((one) => one.expected).join("; ") }));
    }

    fail(message) {
      const [, sent] = this.findSent(message);
      if (sent) sent.failed = true;
      if (this.state) return this.complain(say(this.words.not_saved, { why: message.why }));
      this.root.replaceChildren(make("div", { class: "ss-alert", role: "alert" }, ...message.why.split("\n").map((line) => make("p", {}, line))));
    }

    /** What is on its way is sent again at every look: the same answer twice does no harm. */
    showSilence() {
      clearTimeout(this.late);
      this.late = undefined;
      this.silent = true;
      this.waiting.forEach((sent) => { sent.failed = true; });
      if (this.words) this.complain(say(this.words.no_reply, { slug: this.state.slug }));
      else this.root.replaceChildren(make("p", { class: "ss-alert", role: "alert" }, this.model.get("silence")));
    }

    tell(text) {
      this.alert.textContent = "";
      this.status.textContent = text;
    }

    complain(text) {
      this.status.textContent = "";
      if (this.alert.textContent !== text) this.alert.textContent = text;
    }

    // ---- the reading

    /** The HTML comes from the workbook's own views, which escape every word of an answer. */
    showReading({ html, why }) {
      this.reading.classList.remove("is-waiting");
      if (why) this.reading.replaceChildren(make("p", { class: "ss-help" }, say(this.words.reading_failed, { why })));
      else this.reading.innerHTML = html;
      if (why && this.status.textContent === this.savedText) this.tell(say(this.words.saved_unread, { time: clock() }));
      this.readingPlace.hidden = !html && !why;
      this.details.hidden = !html;
      if (!this.details.open) return;
      clearTimeout(this.expanding);
      this.expanding = setTimeout(() => this.send("more"), PAUSE);
    }

    showMore({ html, why }) {
      if (why) this.more.replaceChildren(make("p", { class: "ss-help" }, say(this.words.reading_failed, { why })));
      else this.more.innerHTML = html;
    }

    drawLater() {
      this.reading.classList.add("is-waiting");
      clearTimeout(this.drawing);
      this.drawing = setTimeout(() => this.send("draw"), PAUSE);
    }
  }

  const GROUP = "_agreed";
  const NEW = "_new";

  function render({ model, el }) {
    const form = new Form(model, el);
    return () => form.destroy();
  }

  return { render };
})();
