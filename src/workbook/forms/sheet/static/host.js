// The host of a sheet in a notebook: who answers, and saving. It comes after the renderer, people.js, outbox.js and
// reading.js in one module, and uses what stands there. `voice` is who was chosen, `state.voice` whose form is drawn.

export default (() => {
  const NO_REPLY = 8000; // milliseconds
  const LOOK_EVERY = 3000;
  const PAUSE = 700; // before what is begun is counted again
  const WAY = "soil-and-seeds:way";
  const LONG = 1000; // before it is said that an answer is being saved
  const A_MOMENT = 200; // until what was just drawn takes the focus and is heard
  const LOADED = 1000; // until a screen reader is done with a page that was loaded, and hears what is said there
  const END = "soil-and-seeds:end";
  const LEAVING = ["soil-and-seeds:leaving", "beforeunload"];

  const clock = () => new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const today = () => new Date().toLocaleDateString("sv-SE"); // year-month-day

  class Form {
    constructor(model, el) {
      this.model = model;
      this.view = Math.random().toString(36).slice(2);
      this.isAlone = model.get("chapter") === "facts"; // a sheet that is nobody's own
      this.seat = new Seat(model.get("slug"), model.get("run"));
      this.voice = this.isAlone ? FACTS : this.seat.recall();
      this.wayKey = `soil-and-seeds:way:${model.get("slug")}`;
      this.number = 0;
      this.outbox = Outbox.open(`${this.seat.key}:${model.get("chapter")}`);
      this.seen = {}; // the answers as this window last knew them to be saved, or sent
      this.root = make("section", { class: "ss-form", tabindex: "-1" });
      // JupyterLab takes keys pressed on radio buttons and lists for its own commands, unless what has the focus says no.
      this.root.addEventListener("focusin", ({ target }) => target.setAttribute("data-lm-suppress-shortcuts", "true"));
      this.status = make("p", { class: "ss-save", role: "status" });
      this.alert = make("p", { class: "ss-save ss-alert", role: "alert" });
      this.begun = make("p", { class: "ss-save ss-begun", role: "status" });
      this.saving = make("div", { class: "ss-saving" }, this.status, this.alert, this.begun);
      // It also takes every new line in a text inside a cell for the key that runs the cell, and keeps it from the text.
      this.root.addEventListener("beforeinput", (event) => { if (event.inputType === "insertLineBreak") event.stopPropagation(); }, true);
      // Browsers show the first line of a text that gets the focus, and leave the rest under the line that says what is saved.
      this.root.addEventListener("keyup", ({ key, target }) => { if (key === "Tab") target.scrollIntoView?.({ block: "nearest" }); });
      ["focusin", "input", "click"].forEach((name) => this.root.addEventListener(name, () => { if (this.voice === GROUP) this.seat.touch(); }));
      el.append(this.root);
      this.onMessage = (message) => this.receive(message);
      model.on("msg:custom", this.onMessage);
      this.onLeave = (event) => {
        this.sheet?.flush();
        const leaving = event.detail ?? event;
        if (this.outbox.isEmpty && !this.sheet?.listBegun().length) {
          this.isLeaving = leaving.type === "beforeunload";
          return;
        }
        leaving.preventDefault();
        // Nobody else may take a page for left that the app's template asked about; a browser's own event goes on, so
        // that other chapters hand over what is typed in them.
        event.detail?.stopImmediatePropagation();
      };
      // The page of `workbook open --app` passes on that it is being left before Voilà hears of it, which ends the kernel.
      LEAVING.forEach((name) => window.addEventListener(name, this.onLeave));
      // The sheets of one window go the same way.
      this.onWay = () => this.send("open");
      window.addEventListener(WAY, this.onWay);
      this.onEnd = ({ detail }) => { if (this.ending && this.root.offsetParent) this.ending.open(detail); };
      window.addEventListener(END, this.onEnd);
      this.looking = setInterval(() => this.look(), LOOK_EVERY);
      this.send("open");
    }

    destroy() {
      this.putAway();
      this.model.off("msg:custom", this.onMessage);
      LEAVING.forEach((name) => window.removeEventListener(name, this.onLeave));
      window.removeEventListener(WAY, this.onWay);
      window.removeEventListener(END, this.onEnd);
      this.reading?.stop();
      this.ending?.stop();
      this.beside?.stop();
      [this.late, this.counting, this.saying, this.hearing, this.greeting, this.arriving].forEach(clearTimeout);
      clearInterval(this.looking);
    }

    send(kind, rest = {}) {
      this.late ??= setTimeout(() => this.showSilence(), NO_REPLY);
      try {
        this.model.send({ kind, view: this.view, voice: this.voice, way: recall(this.wayKey) ?? this.model.get("way"), ...rest });
      } catch {
        this.showSilence();
      }
    }

    look() {
      if (document.visibilityState === "hidden") return;
      if (this.voice === GROUP && this.seat.isStale()) this.leaveSeat();
      if (this.isUnread && !this.hasFailed) this.tell(this.words.back);
      this.isUnread = this.isUnread && this.hasFailed;
      this.hasFailed = false;
      const isShown = this.state && this.state.voice === this.voice;
      if (isShown) this.send("look", { stamp: this.state.stamp });
      else this.send("open");
      if (isShown && this.sheet) this.merge(this.state.answers); // a change given up makes room for the other window's
      this.sendAgain(({ failed }) => failed);
    }

    /** Ask who is here: an hour has gone by, and whoever comes now is perhaps not the group. */
    leaveSeat() {
      this.sheet?.flush();
      this.place.hidden = true;
      this.voice = null;
      this.seat.take(null);
      this.hasLeft = true;
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
        gone: () => this.lose(message),
        verdict: () => this.beside.show(message.html),
        finding: () => this.beside.showFinding(message.html),
        reading: () => this.showReading(message),
        waits: () => this.reading.drawLater(),
        more: () => this.reading.showMore(message),
        messages: () => this.beside.showMessages(message),
        ended: () => this.ending?.show(message),
        together: () => this.showTogether(message),
      };
      handlers[message.kind]?.();
      this.markBusy();
    }

    /** Whether the kernel may be ended for another's sake: not while it makes pages or is to save something. */
    markBusy() { this.root.toggleAttribute("data-busy", Boolean(this.outbox.listWaiting().length || this.ending?.isRunning)); }

    // ---- drawing

    open(state) {
      if (this.isOpen(state)) return this.reopen(state);
      this.putAway();
      this.state = state;
      this.words = { ...state.words, ...state.own_words };
      this.names = { words: state.words, id: this.view, last: state.last_people };
      this.voice = state.voice;
      this.root.setAttribute("aria-label", say(this.words.region, { title: state.sheet.title }));
      this.saving.querySelector(".ss-bar")?.remove();
      this.saving.append(...[drawBar(state.ending)].filter(Boolean));
      this.who = make("div", { class: "ss-who" });
      this.fields = make("div", { class: "ss-fields" });
      this.conflicts = make("div", { class: "ss-conflicts" });
      this.progress = make("div", { class: "ss-progress", role: "group", tabindex: "-1" });
      const place = make("div", { class: "ss-place" });
      this.place = place;
      this.onward = make("p", { class: "ss-onward" });
      this.shownConflicts = this.shownWays = null;
      this.reading?.stop();
      const readingHelp = state.voice === GROUP ? { reading_help: state.words.reading_help_group } : {};
      this.reading = new Reading({ ...this.words, ...readingHelp }, this.view, (kind) => this.send(kind));
      this.ways = make("div", { class: "ss-through" });
      const top = make("div", { class: "ss-top" }, this.who, this.fields, this.ways, this.progress);
      if (state.ending && !this.isAlone) {
        this.ending?.stop();
        this.ending = new Ending(state.ending, `${this.view}-end`, { ask: (kind, rest) => this.send(kind, rest), ways: state.ways });
        top.append(this.ending.node);
      }
      this.beside?.stop();
      this.beside = new Beside(this.words, () => this.send("messages"));
      this.together = new Together((question, value, note) => this.sheet.give(question, value, note));
      // What says that answers are saved stays where it is: a live region is heard only if it stood there before.
      if (!this.root.contains(this.saving)) this.root.replaceChildren(this.saving);
      [...this.root.children].forEach((one) => one === this.saving || one.remove());
      this.saving.before(top, this.beside.node, this.conflicts, this.together.top, place);
      this.saving.after(this.reading.node, this.onward);
      if (this.isAlone) top.replaceChildren(...drawTitle(state), this.progress);
      else this.drawWho();
      this.drawFields();
      this.show(state);
      if (!state.voice) return this.greet();
      if (!this.isAlone) this.seat.take(state.voice);
      if (state.sheet.questions.length) {
        const sheet = { ...state.sheet, title: "", why: "", two_ways: null };
        const reach = this.isAlone ? null : state.voice === GROUP ? "edition" : "consent";
        const onAnswer = (id, answer) => this.answer(id, answer);
        this.sheet = renderSheet(place, sheet, { answers: state.answers, reach, onAnswer, onDraft: () => { this.countLater(); this.map?.drawLater(); } });
        this.map = SystemMap.show(state, this.sheet, place, `${this.view}-m`);
      }
      this.greet();
      this.sendAgain();
      this.merge(state.answers);
      this.takeOut();
      hushLists(this.root);
    }

    /** Say that the form has come, or whose it is now, unless there is something else to say. */
    greet() {
      const { words, state } = this;
      const who = this.isChosen ? say(words.now_as, { who: this.who.querySelector("select").selectedOptions[0].text }) : words.form_here;
      const text = !state.voice && this.hasLeft ? words.who_now : [who, state.voice && state.sheet.questions.length ? words.not_yet : ""].join(" ").trim();
      this.isChosen = this.hasLeft = false;
      if (this.greeting) return this.tell(text);
      this.tell("");
      this.greeting = setTimeout(() => { if (!this.status.textContent && !this.alert.textContent) this.tell(text); }, LOADED);
    }

    /** Whether this form is drawn already, for the same person: a slow kernel may be asked to open it more than once. */
    isOpen({ voice, sheet }) {
      return Boolean(this.state) && this.state.voice === voice && canonical(this.state.sheet) === canonical(sheet);
    }

    reopen(state) {
      this.voice = state.voice;
      if (!this.isChoosing()) {
        this.hideAnswers(false);
        this.drawFields();
      }
      if (this.refocus !== "ways") this.refocus = "";
      this.adopt(state);
    }

    /** Hand over what is typed and keep what is only begun, before what is drawn goes. */
    putAway() {
      if (!this.sheet) return;
      this.sheet.flush();
      const begun = this.sheet.listBegun().map(([question, answer]) => [question, { answer, base: this.seen[question] ?? null }]);
      if (begun.length) this.outbox.begun.set(this.state.voice, begun);
      this.sheet.destroy();
      this.map?.stop();
      this.sheet = this.map = null;
    }

    /** Put back what was begun or refused before. */
    takeOut() {
      const elsewhere = []; // what a shorter way does not show waits for a longer one
      this.outbox.takeBegun(this.voice).forEach(([question, { answer, base }]) => {
        if (this.sheet?.setBegun(question, answer)) this.seen[question] = base;
        else elsewhere.push([question, { answer, base }]);
      });
      if (elsewhere.length) this.outbox.begun.set(this.voice, elsewhere);
      this.showRefused();
      this.countBegun();
    }

    drawWho() {
      const { words, state } = this;
      const hadFocus = this.who.contains(document.activeElement);
      const options = [["", words.choose_who], ...state.voices.map((voice) => [voice.id, voice.label]), [GROUP, words.group], [NEW, words.someone_new]];
      const drawn = makeWho(words, { id: `${this.view}-who`, options, now: state.voice ?? "", help: state.voice === GROUP ? words.group_help : words.who_help }, {
        // What is still shown is another person's: nobody answers it while they say who they are.
        onLook: (isOther) => this.hideAnswers(isOther),
        onChoose: (voice) => this.choose(voice),
      });
      this.who.replaceChildren(make("p", { class: "ss-engagement" }, `${words.engagement}: `, make("strong", {}, make("bdi", {}, state.title))), ...drawn);
      if (hadFocus) this.who.querySelector("select").focus();
      hushLists(this.who);
      if (this.refocus === "progress") this.progress.focus();
      if (this.refocus !== "ways") this.refocus = "";
    }

    /** Whether somebody has gone to another person in the list, and not said yet that they answer as that one. */
    isChoosing() { return (this.who.querySelector("select")?.value ?? this.voice ?? "") !== (this.voice ?? ""); }

    hideAnswers(isHidden) {
      if (isHidden) this.sheet?.flush();
      [this.fields, this.progress, this.together.top, this.place].forEach((part) => { part.hidden = isHidden; });
    }

    choose(voice) {
      if (voice === NEW) return this.drawNew();
      this.voice = voice;
      this.seat.take(voice);
      this.isChosen = true;
      this.refocus = "progress";
      this.send("open");
    }

    drawFields() {
      const voice = this.findPerson();
      if (!voice) return this.fields.replaceChildren();
      const details = make("details", {}, make("summary", {}, this.words.change));
      // What was not changed here is not sent: another window may have changed it.
      const changes = (fields) => Object.fromEntries(Object.entries(fields).filter(([name, value]) => value !== (voice[name] ?? "")));
      details.append(makeFields(this.names, voice, this.words.save_fields, (fields) => this.send("change", changes(fields))));
      this.fields.replaceChildren(details);
    }

    drawNew() {
      // Nobody's answers are shown, nor can be changed by mistake, while somebody else says who they are.
      this.hideAnswers(true);
      this.fields.hidden = false;
      const token = `${this.view} ${++this.number}`; // pressed twice, the button still makes one person
      const form = makeFields(this.names, {}, this.words.start, (fields) => {
        this.refocus = "progress";
        this.isChosen = true;
        this.send("create", { ...fields, day: today(), token });
      });
      form.prepend(make("h3", {}, this.words.new_title));
      this.fields.replaceChildren(form);
      // A field that was put there at this moment takes the focus unheard.
      this.arriving = setTimeout(() => form.querySelector("input").focus(), A_MOMENT);
    }

    /** Show what every reply may bring: progress, conflicts, the voices by name. */
    show(state) {
      const { words } = this;
      const here = state.chapters.find(({ id }) => id === this.model.get("chapter"));
      const list = makeChapterList(words, state, here);
      if (this.progress.querySelector("details")?.open) list.open = true;
      const focused = this.progress.contains(document.activeElement);
      this.progress.replaceChildren(...(this.isAlone ? [makeFactsCount(words, state, this.state.sheet)] : [...makeProgress(words, state, here, this.state.sheet), list]));
      // Where the focus goes when a form has changed hands: what is heard there is how far along it is.
      this.progress.setAttribute("aria-label", this.progress.querySelector("p")?.textContent.trim() || words.chapters);
      if (focused) this.progress.focus();
      if (this.state.ways) this.drawWays(here);
      const next = state.chapters.slice(state.chapters.indexOf(here) + 1).find(({ asked }) => asked);
      this.onward.replaceChildren(...(next && state.voice ? [makeChapterLink(next, say(words.next, next))] : []));
      if (!next && state.voice && this.ending) this.onward.append(this.ending.drawButton(state.ending?.onward ?? this.ending.words.onward, () => this.ending.open()));
      this.drawConflicts(state.conflicts);
      this.countBegun();
    }

    /** Which way through is chosen; another window of this person may have chosen meanwhile. */
    drawWays(here) {
      const now = canonical([this.state.ways, here?.left, here?.asked]);
      if (now === this.shownWays || this.isAlone) return;
      this.shownWays = now;
      const hadFocus = this.ways.contains(document.activeElement);
      this.ways.replaceChildren(...makeWays(this.state.ways, here, (id) => {
        remember(this.wayKey, id);
        this.refocus = "ways";
        window.dispatchEvent(new CustomEvent(WAY));
      }));
      if (hadFocus || this.refocus === "ways") this.ways.querySelector("[aria-pressed='true']")?.focus();
      if (this.refocus === "ways") this.refocus = "";
    }

    drawConflicts(conflicts) {
      const { words } = this;
      const now = canonical(conflicts);
      if (now === this.shownConflicts) return;
      this.shownConflicts = now;
      const hasFocus = this.conflicts.contains(document.activeElement);
      this.conflicts.replaceChildren(...conflicts.map((conflict) => {
        const { question, standing, answer } = conflict;
        const settle = (take) => {
          this.settled = question;
          this.send("settle", { question, other: answer, standing, take });
        };
        return makeConflict(words, conflict, () => settle(false), () => settle(true));
      }));
      if (!this.settled || conflicts.some(({ question }) => question === this.settled)) return;
      // The button that was pressed is gone: what it was about takes the focus.
      if (hasFocus && !this.sheet?.focusQuestion(this.settled, "")) this.progress.focus();
      this.settled = "";
      this.tell(say(words.settled, { time: clock() }));
    }

    // ---- saving

    answer(question, answer) {
      const entry = this.outbox.put(this.state.voice, question, answer, this.seen[question] ?? null);
      this.seen[question] = answer;
      this.transmit(entry);
    }

    transmit(entry) {
      entry.number = `${this.view} ${++this.number}`;
      entry.failed = false;
      // What was said of the answer before is not true of this one.
      if (this.silent) this.tellSilence();
      else this.tell("");
      [this.saying, this.hearing].forEach(clearTimeout);
      this.saying = setTimeout(() => this.outbox.isEmpty || this.silent || this.tell(this.words.saving), LONG);
      const { number, voice, question, answer, base, earlier } = entry;
      this.send("answer", { number, voice, question, answer, base, earlier });
      this.markBusy();
    }

    sendAgain(chosen = () => true) {
      this.outbox.listWaiting().filter(chosen).forEach((entry) => this.transmit(entry));
    }

    acknowledge(message) {
      const entry = this.outbox.find(message.number);
      if (entry) this.outbox.drop(entry);
      if (message.voice === this.state.voice) this.adopt(message, true);
      this.tryRefused();
      this.showRefused();
      if (this.outbox.listWaiting().length) return;
      [this.saying, this.hearing].forEach(clearTimeout);
      // That the reading follows is news once; but who answers fast hears only what stands for a while.
      const saved = this.hasSaved ? this.words.saved : this.words.saved_reading;
      this.hearing = setTimeout(() => { this.hasSaved = true; }, LONG);
      const template = message.was_taken_back ? this.words.revived : message.answer === null ? this.words.taken_back : saved;
      this.savedText = say(template, { time: clock() });
      this.tell(this.savedText);
    }

    /** A fact that was refused for want of another, such as a sum without its currency, may be right by now. */
    tryRefused() {
      if (this.isAlone) this.outbox.listRefused().forEach((entry) => { entry.problems = null; this.transmit(entry); });
    }

    /** Take over what a reply tells of the person whose form is drawn; another's is on its way to be drawn, or gone. */
    adopt(message, mine = false) {
      if (message.voice !== this.state.voice) return message.voice ?? this.send("open");
      const before = canonical(this.seen);
      const people = canonical(this.state.voices);
      this.state = { ...this.state, ...message };
      if (message.sheet) this.sheet?.redescribe(message.sheet.questions);
      this.merge(message.answers);
      if (message.fields) this.tell(this.words.fields_saved);
      else if (!mine && canonical(this.seen) !== before) this.tell(this.words.changed);
      if (canonical(this.state.voices) !== people || message.fields) this.drawPerson(message.fields);
      this.show(this.state);
    }

    findPerson() { return this.state.voices.find(({ id }) => id === this.state.voice); }

    /** Draw anew who somebody is, unless they are about to change it here. */
    drawPerson(isDone) {
      const isBusy = this.isChoosing() || [...this.fields.children].some((node) => node.matches("form, details[open]"));
      if (isBusy && !isDone) return;
      if (this.who.contains(document.activeElement)) this.refocus = "who";
      this.drawWho();
      this.drawFields();
      if (isDone) this.fields.querySelector("summary")?.focus();
    }

    /** Take over what is saved, but for the answers that are on their way and those that somebody is changing. */
    merge(answers) {
      const before = this.seen;
      this.seen = { ...answers, ...this.outbox.listAnswers(this.state.voice) };
      // Who is changing an answer has not seen what another window made of it: it must meet theirs as a conflict.
      this.sheet?.setAnswers(this.seen).forEach((question) => { this.seen[question] = before[question] ?? null; });
      this.sheet?.setReachOfAll(this.state.edition);
      this.together?.settle(this.seen);
      this.map?.drawLater();
    }

    showTogether(told) {
      if (this.state?.voice === GROUP) this.together.show(told, this.sheet, this.seen);
    }

    countLater() {
      clearTimeout(this.counting);
      this.counting = setTimeout(() => this.countBegun(), PAUSE);
    }

    /** Say at the bottom edge what else needs a hand, wherever on the page it is, with a button that goes there. */
    countBegun() {
      const { words, sheet } = this;
      const begun = [...(sheet?.listUnfinished() ?? []), ...this.outbox.listProblems(this.state.voice)];
      const count = new Set(begun.map(({ question }) => question)).size;
      const conflict = this.conflicts.querySelector(".ss-conflict");
      const parts = [];
      if (count) parts.push([count === 1 ? words.unfinished_one : say(words.unfinished, { count }), () => sheet.focusQuestion(begun[0].question, begun[0].inside)]);
      if (conflict) parts.push([words.conflict_waits, () => { conflict.scrollIntoView({ block: "center" }); conflict.querySelector("button").focus(); }]);
      const now = parts.map(([text]) => text).join(" ");
      if (now === (this.begun.dataset.text ?? "")) return;
      this.begun.dataset.text = now;
      this.begun.replaceChildren(...parts.map(([text, go]) => {
        const button = make("button", { type: "button", class: "ss-go", "aria-label": `${words.show}: ${text}` }, words.show);
        button.addEventListener("click", go);
        return make("span", {}, text, " ", button);
      }));
    }

    refuse({ number, problems }) {
      const entry = this.outbox.find(number);
      if (entry) entry.problems = problems;
      this.showRefused();
      this.countBegun();
      this.complain(say(this.words.not_saved, { why: problems.map((one) => one.expected).join("; ") }));
    }

    /** Mark the answers of this person that were refused, until they are changed. */
    showRefused() {
      const problems = this.outbox.listProblems(this.state.voice);
      if (!problems.length && !this.hasRefused) return;
      this.hasRefused = problems.length > 0;
      this.sheet?.showProblems(problems);
    }

    fail({ number, why, asked }) {
      this.freeButtons();
      const entry = this.outbox.find(number);
      if (entry) entry.failed = true;
      if (asked === "look") this.hasFailed = this.isUnread = true;
      if (this.state) this.complain(say(asked === "look" ? this.words.unread : this.words.not_saved, { why }));
      else this.root.replaceChildren(make("div", { class: "ss-alert", role: "alert" }, ...why.split("\n").map((line) => make("p", {}, line))));
    }

    /** A button that asked for something and got no answer may be pressed again. */
    freeButtons() { this.fields?.querySelectorAll("button[disabled]").forEach((button) => { button.disabled = false; }); }

    /** A person's file is not there any more: their answer is shown once, and kept from whoever comes next. */
    lose(message) {
      const { number, why, lost } = message;
      const entry = this.outbox.find(number);
      if (!entry) return this.fail(message);
      this.outbox.drop(entry);
      this.complain(say(this.words.gone, { why, lost }));
    }

    /** What is on its way is sent again at every look: the same answer twice does no harm. */
    showSilence() {
      clearTimeout(this.late);
      this.late = undefined;
      if (this.isLeaving) { // the page goes, and its kernel before it; who stays hears of it later
        this.isLeaving = false;
        this.late = setTimeout(() => this.showSilence(), NO_REPLY);
        return;
      }
      this.silent = true;
      this.freeButtons();
      this.outbox.listWaiting().forEach((entry) => { entry.failed = true; });
      if (this.words) this.tellSilence();
      else this.root.replaceChildren(make("p", { class: "ss-alert", role: "alert" }, this.model.get("silence")));
    }

    tellSilence() {
      const isSaved = this.outbox.isEmpty && !this.sheet?.listBegun().length;
      this.complain(say(isSaved ? this.words.no_reply_saved : this.words.no_reply, { slug: this.state.slug }));
    }

    showReading(message) {
      this.reading.show(message);
      if (this.isAlone) this.reading.details.hidden = true;
      if (message.why && this.status.textContent === this.savedText) this.tell(say(this.words.saved_unread, { time: clock() }));
    }

    tell(text) {
      this.alert.textContent = "";
      this.status.textContent = text;
    }

    complain(text) {
      this.status.textContent = "";
      if (this.alert.textContent !== text) this.alert.textContent = text;
    }
  }

  /** The end of the way, always at hand: a button for each of its parts, in whichever form of this window shows it. */
  function drawBar(words) {
    if (!words) return null;
    return make("div", { class: "ss-bar", role: "group", "aria-label": words.title }, ...["pages", "ask", "take"].map((part) => {
      const button = make("button", { type: "button", class: "ss-bar-button" }, words[part].title);
      button.addEventListener("click", () => window.dispatchEvent(new CustomEvent(END, { detail: part })));
      return button;
    }));
  }

  const FACTS = "_facts";
  const NEW = "_new";

  function render({ model, el }) {
    const form = new Form(model, el);
    return () => form.destroy();
  }

  return { render };
})();
