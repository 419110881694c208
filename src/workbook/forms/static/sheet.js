// One sheet of questions as accessible HTML: real form elements, no dependencies.
// Whatever comes from a person or a file enters the page through textContent only, never as HTML.

const UNSURE = "unsure";
const PAUSE = 600; // milliseconds without a key before typed words are kept
const MOST_ROWS = 200;
const LONGEST_TEXT = 20000;
const MOST_COLUMNS_ABREAST = 4;
const POINTS = 100;
// Signs that no file may hold; word processors put a vertical tab or a form feed where they mean a new line.
const CONTROL = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g;
const OTHER_LINE_ENDS = /\r\n|[\u000b\u000c\r]/g;

/**
 * Draw `sheet` into `root`. `onAnswer(id, answer or null)` is told of each answer that is complete enough to keep,
 * `onDraft(id, answer or null)` of every change, complete or not.
 */
export function renderSheet(root, sheet, { answers = {}, onAnswer = () => {}, onDraft = () => {} } = {}) {
  const page = {
    words: sheet.words,
    prefix: `ss${Math.random().toString(36).slice(2, 8)}`,
    count: 0,
    announce: (text) => { status.textContent = text; },
    onAnswer,
    onDraft,
  };
  const status = make("p", { class: "ss-status ss-unseen", role: "status", "aria-live": "polite" });
  const summary = make("div", { class: "ss-summary", role: "alert", tabindex: "-1", hidden: true });
  const questions = new Map(sheet.questions.map((asked) => [asked.id, new Question(page, asked)]));
  const body = make("div", { class: "ss-sheet", "data-sheet": sheet.id },
    summary, drawHead(sheet), drawGroups(sheet.questions, questions), status);
  // JupyterLab reads single keys as commands wherever it is not told to leave them alone.
  body.setAttribute("data-lm-suppress-shortcuts", "true");
  root.replaceChildren(body);

  const flush = () => { if (document.visibilityState === "hidden") questions.forEach((question) => question.flush()); };
  document.addEventListener("visibilitychange", flush);
  const setAnswers = (given) => questions.forEach((question, id) => question.setAnswer(given[id] ?? null));
  setAnswers(answers);

  const markProblems = (problems) => questions.forEach((question, id) => {
    question.showFaults(problems.filter((problem) => problem.question === id));
    question.told = question.isFaulty();
  });
  let shown = [];
  const focusProblem = (index) => {
    const problem = shown[index];
    questions.get(problem?.question)?.focus(problem.inside);
  };
  return {
    setAnswers,
    focusProblem,
    showProblems(problems) {
      shown = problems.filter((problem) => questions.has(problem.question));
      markProblems(shown);
      drawSummary(summary, page, shown, questions, focusProblem);
    },
    /** Mark the fields that problems are about; for a host with a summary of its own. */
    markProblems,
    /** Problems of answers that are begun and not complete: these were never handed to `onAnswer`. */
    listUnfinished: () => [...questions.values()].flatMap((question) => question.listFaults()),
    /** Every complete answer, by question. */
    listAnswers: () => Object.fromEntries([...questions].map(([id, question]) => [id, question.read()])
      .filter(([, { answer, faults }]) => answer !== null && !faults.length).map(([id, { answer }]) => [id, answer])),
    focusQuestion: (id, inside) => questions.get(id).focus(inside),
    describeProblem: (problem) => `${questions.get(problem.question).describePlace(problem.inside)} – ${explain(page, problem)}`,
    flush: () => questions.forEach((question) => question.flush()),
    destroy() {
      document.removeEventListener("visibilitychange", flush);
      questions.forEach((question) => question.stop());
      root.replaceChildren();
    },
  };
}

// ---- the parts of a sheet

function drawHead(sheet) {
  const head = make("div", { class: "ss-head" });
  if (sheet.title) head.append(make("h2", {}, sheet.title));
  if (sheet.why) head.append(make("p", { class: "ss-why" }, sheet.why));
  if (sheet.two_ways) {
    const ways = ["evaluation", "learning"].map((way) => make("div", { class: `ss-way ss-${way}` },
      make("h3", {}, sheet.words[`as_${way}`]), make("p", {}, sheet.two_ways[way])));
    head.append(make("div", { class: "ss-ways" }, ...ways));
  }
  return head;
}

function drawGroups(asked, questions) {
  const parts = document.createDocumentFragment();
  let group = null;
  let place = parts;
  for (const { id, group: name } of asked) {
    if ((name || "") !== group) {
      group = name || "";
      place = make("section", { class: "ss-group" });
      if (group) place.append(make("h3", {}, group));
      parts.append(place);
    }
    place.append(questions.get(id).node);
  }
  return parts;
}

function drawSummary(summary, page, problems, questions, focusProblem) {
  summary.hidden = problems.length === 0;
  summary.replaceChildren();
  if (!problems.length) return;
  const heading = problems.length === 1 ? page.words.one_problem : say(page.words.problems, { count: problems.length });
  const items = problems.map((problem, index) => {
    const question = questions.get(problem.question);
    const link = make("a", { href: `#${question.findInput(problem.inside).id}` },
      `${question.describePlace(problem.inside)} – ${explain(page, problem)}`);
    link.addEventListener("click", (event) => { event.preventDefault(); focusProblem(index); });
    return make("li", {}, link);
  });
  summary.append(make("p", { class: "ss-summary-title" }, heading), make("ul", {}, ...items));
}

// ---- one question

class Question {
  constructor(page, asked) {
    this.page = page;
    this.asked = asked;
    this.id = `${page.prefix}-${++page.count}`;
    this.kept = {}; // what stands beside value, note and consent in the file, handed back as it came
    this.last = "null"; // the answer as the host knows it
    this.timer = 0;
    this.stopped = false;
    this.told = false; // whether the problems shown came from outside, and stand until the answer changes
    this.label = make("span", { id: `${this.id}-text` }, make("bdi", {}, asked.text));
    this.error = make("p", { class: "ss-error", id: `${this.id}-error`, hidden: true });
    const help = ["help", "example"].filter((name) => asked[name]).map((name) => make("p", { class: `ss-${name}`, id: `${this.id}-${name}` },
      ...(name === "example" ? [make("span", { class: "ss-lead" }, page.words.example), " "] : []), asked[name]));
    this.describedBy = help.map((one) => one.id);
    this.control = makeControl(this);
    this.unsure = this.control.ownUnsure ? null : this.drawUnsure();
    this.clear = this.drawClear();
    this.node = make("div", { class: `ss-question ss-kind-${asked.kind}`, "data-question": asked.id }, this.drawFrame(help), this.drawMore());
    this.listen();
  }

  drawFrame(help) {
    const inner = [...help, ...this.control.nodes, this.unsure?.node, this.error];
    if (this.control.single) {
      const label = make("label", { class: "ss-ask", for: this.control.single.id }, this.label);
      return make("div", { class: "ss-frame" }, label, ...inner);
    }
    const frame = make("fieldset", { class: "ss-frame" }, make("legend", { class: "ss-ask" }, this.label), ...inner);
    if (this.control.role) {
      frame.setAttribute("role", this.control.role);
      frame.setAttribute("aria-labelledby", this.label.id);
    }
    this.frame = frame;
    describe(frame, this.describedBy);
    return frame;
  }

  drawUnsure() {
    const input = make("input", { type: "checkbox", id: `${this.id}-unsure` });
    const { unsure, unsure_all } = this.page.words;
    const label = make("label", { for: input.id, id: `${this.id}-unsure-label` }, this.control.many ? unsure_all : unsure);
    input.setAttribute("aria-labelledby", `${label.id} ${this.label.id}`);
    let before;
    input.addEventListener("change", () => {
      if (input.checked) before = this.control.read([]);
      this.control.write(input.checked ? undefined : before);
    });
    return { input, node: make("div", { class: "ss-option ss-unsure" }, input, label) };
  }

  drawClear() {
    const button = make("button", { type: "button", class: "ss-clear", id: `${this.id}-clear`, hidden: true }, this.page.words.take_back);
    button.setAttribute("aria-labelledby", `${button.id} ${this.label.id}`);
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
      const label = make("label", { for: control.id, id: `${control.id}-label` }, text);
      control.setAttribute("aria-labelledby", `${label.id} ${this.label.id}`);
      return label;
    };
    this.note = makeText("long_text");
    const noteLabel = labelled("note", this.note.input, words.note);
    const levels = Object.entries(words.consent).map(([level, text]) => make("option", { value: level === "default" ? "" : level }, text));
    this.consent = make("select", {}, ...levels);
    const consentLabel = labelled("consent", this.consent, words.who_may_see);
    const summary = make("summary", { id: `${this.id}-more` }, words.more);
    summary.setAttribute("aria-labelledby", `${summary.id} ${this.label.id}`);
    this.more = make("details", { class: "ss-more" }, summary,
      make("div", { class: "ss-beside" }, noteLabel, this.note.node), make("div", { class: "ss-beside" }, consentLabel, this.consent));
    return make("div", { class: "ss-after" }, this.clear, this.more);
  }

  listen() {
    this.node.addEventListener("input", (event) => {
      if (!isTyped(event.target)) return;
      if (event.target !== this.note.input && this.unsure) this.unsure.input.checked = false;
      this.control.changed?.();
      this.later();
    });
    this.node.addEventListener("change", (event) => {
      const beside = event.target === this.consent || event.target === this.note.input || event.target === this.unsure?.input;
      if (!beside && !isTyped(event.target) && this.unsure) this.unsure.input.checked = false;
      this.control.changed?.();
      this.commit();
    });
    this.node.addEventListener("focusout", (event) => {
      if (this.node.contains(event.relatedTarget)) return;
      this.flush();
      // A click on a label takes the focus away and gives it back: only a person who has gone on is told.
      setTimeout(() => this.node.contains(document.activeElement) || this.leave());
    });
  }

  leave() {
    if (this.stopped) return;
    const faults = this.listFaults();
    if (!faults.length && this.told) return;
    this.showFaults(faults);
    if (faults.length) this.page.announce(explain(this.page, faults[0]));
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
    return this.page.onAnswer(this.asked.id, answer);
  }

  /** The answer as it stands, complete or not, and what is still wrong with it. */
  read() {
    const faults = [];
    const value = this.unsure?.input.checked ? UNSURE : this.control.read(faults);
    const note = this.note.read(faults, "note", this.page);
    const consent = this.consent.value;
    if (value === undefined && note !== undefined) faults.push({ inside: "note", message: this.page.words.fault.note_alone });
    const beside = { ...(note === undefined ? {} : { note }), ...(consent ? { consent } : {}) };
    if (value === undefined) return { answer: faults.length ? beside : null, faults };
    return { answer: { ...this.kept, value, ...beside }, faults };
  }

  setAnswer(answer) {
    if (this.timer || canonical(answer) === this.last) return;
    this.write(answer);
    const { answer: shown, faults } = this.read();
    this.last = faults.length ? "null" : canonical(answer);
    this.showState(shown);
  }

  write(answer) {
    const { value, note, consent, ...kept } = answer ?? {};
    this.kept = kept;
    if (this.unsure) this.unsure.input.checked = value === UNSURE;
    this.control.write(this.unsure && value === UNSURE ? undefined : value);
    this.note.write(note);
    this.consent.value = consent ?? "";
    if (note || consent) this.more.open = true;
    this.control.changed?.();
    this.showFaults([]);
  }

  showState(answer) {
    this.clear.hidden = answer === null;
    this.node.classList.toggle("is-answered", answer !== null);
    this.more.classList.toggle("is-filled", Boolean(this.note.input.value || this.consent.value));
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
    const input = this.findInput(inside);
    input.focus();
    input.scrollIntoView?.({ block: "center" });
  }
}

// ---- controls: {nodes, read(faults), write(value), find(inside), describe?(inside), changed?(), single?, role?, ownUnsure?, many?}

function makeControl(question) {
  switch (question.asked.kind) {
    case "scale":
    case "choice": return makeRadios(question);
    case "choices": return makeChecks(question);
    case "points": return makePoints(question);
    case "matrix": return makeMatrix(question);
    case "table": return makeTable(question);
    default: return makeSingle(question);
  }
}

function makeSingle(question) {
  const cell = makeCell(question.page, question.asked);
  cell.input.id = `${question.id}-input`;
  describe(cell.input, [...question.describedBy, ...(cell.unit ? [cell.unit.id] : [])]);
  return {
    nodes: [cell.node],
    single: cell.input,
    read: (faults) => cell.read(faults, ""),
    write: cell.write,
    find: () => cell.input,
  };
}

function listSteps(asked) {
  return asked.kind === "scale" ? asked.steps.map((label, id) => ({ id, label })) : asked.options;
}

function makeRadios(question) {
  const { asked, page } = question;
  const choices = [...listSteps(asked), { id: UNSURE, label: page.words.unsure }];
  const rows = choices.map((choice, index) => makeOption(question, "radio", choice, index));
  rows.at(-1).node.classList.add("ss-unsure");
  const long = choices.some(({ label }) => label.length > 40) || choices.length > 6;
  return {
    nodes: [make("div", { class: `ss-options${asked.kind === "scale" && !long ? " ss-steps" : ""}` }, ...rows.map((row) => row.node))],
    role: "radiogroup",
    ownUnsure: true,
    read: () => choices[rows.findIndex((row) => row.input.checked)]?.id,
    write: (value) => rows.forEach((row, index) => { row.input.checked = choices[index].id === value; }),
    find: () => (rows.find((row) => row.input.checked) ?? rows[0]).input,
  };
}

function makeChecks(question) {
  const { options } = question.asked;
  const rows = options.map((option, index) => makeOption(question, "checkbox", option, index));
  return {
    nodes: [make("div", { class: "ss-options" }, ...rows.map((row) => row.node))],
    read() {
      const chosen = options.filter((_, index) => rows[index].input.checked).map((option) => option.id);
      return chosen.length ? chosen : undefined;
    },
    write: (value) => rows.forEach((row, index) => { row.input.checked = Array.isArray(value) && value.includes(options[index].id); }),
    find: () => rows[0]?.input ?? question.unsure.input,
  };
}

function makeOption(question, type, { label, help }, index) {
  const input = make("input", { type, id: `${question.id}-o${index}`, name: question.id });
  const said = [make("label", { for: input.id }, make("bdi", {}, label))];
  if (help) {
    said.push(make("p", { class: "ss-option-help", id: `${input.id}-help` }, help));
    describe(input, [`${input.id}-help`]);
  }
  return { input, node: make("div", { class: "ss-option" }, input, make("div", {}, ...said)) };
}

function makePoints(question) {
  const { asked, page } = question;
  const total = make("output", { class: "ss-total", "aria-live": "polite" });
  const rows = asked.options.map((option, index) => {
    const cell = makeCell(page, { kind: "number", minimum: 0, maximum: POINTS });
    cell.input.id = `${question.id}-p${index}`;
    const label = make("label", { for: cell.input.id, id: `${cell.input.id}-label` }, make("bdi", {}, option.label));
    cell.input.setAttribute("aria-labelledby", `${question.label.id} ${label.id}`);
    return { ...cell, id: option.id, label: option.label, node: make("div", { class: "ss-share" }, label, cell.node) };
  });
  const read = (faults) => {
    const before = faults.length;
    const pairs = rows.map((row) => [row.id, row.read(faults, row.id)]).filter(([, value]) => value !== undefined);
    if (!pairs.length) return undefined;
    const sum = pairs.reduce((so_far, [, value]) => so_far + (typeof value === "number" ? value : 0), 0);
    if (faults.length > before) return Object.fromEntries(pairs);
    if (Math.abs(sum - POINTS) > 0.01) {
      const { fault } = page.words;
      const message = sum < POINTS ? say(fault.points_left, { left: formatNumber(POINTS - sum) }) : say(fault.points_over, { over: formatNumber(sum - POINTS) });
      faults.push({ inside: "", message });
      return Object.fromEntries(pairs);
    }
    return { ...Object.fromEntries(rows.map((row) => [row.id, 0])), ...Object.fromEntries(pairs) };
  };
  const changed = () => {
    const given = Object.values(read([]) ?? {}).filter((value) => typeof value === "number");
    const text = describeTotal(page.words, given.reduce((so_far, value) => so_far + value, 0));
    if (total.textContent !== text) total.textContent = text;
  };
  changed();
  return {
    many: true,
    nodes: [...rows.map((row) => row.node), total],
    read,
    changed,
    write: (value) => rows.forEach((row) => row.write(isMapping(value) ? value[row.id] : undefined)),
    find: (inside) => (rows.find((row) => row.id === inside) ?? rows[0])?.input,
    describe: (inside) => rows.find((row) => row.id === inside)?.label ?? "",
  };
}

function describeTotal(words, sum) {
  const given = formatNumber(sum);
  if (Math.abs(sum - POINTS) <= 0.01) return words.points_done;
  return sum < POINTS ? say(words.points_left, { given, left: formatNumber(POINTS - sum) })
    : say(words.points_over, { given, over: formatNumber(sum - POINTS) });
}

// ---- matrices and tables

function makeGrid(question, { rowHead, lastHead }) {
  const { asked, page } = question;
  const heads = asked.columns.map((column, index) => {
    const help = column.help ? make("p", { class: "ss-column-help", id: `${question.id}-c${index}-help` }, column.help) : null;
    const name = make("span", { id: `${question.id}-c${index}` }, make("bdi", {}, column.label));
    return make("th", { scope: "col", role: "columnheader" }, name, help);
  });
  const body = make("tbody", { role: "rowgroup" });
  const wide = asked.columns.length > MOST_COLUMNS_ABREAST;
  const corner = make("th", { scope: "col", role: "columnheader" }, rowHead);
  const last = make("th", { scope: "col", role: "columnheader", id: `${question.id}-last` }, lastHead);
  const table = make("table", { class: `ss-grid${wide ? " ss-wide" : ""}`, role: "table", "aria-labelledby": question.label.id },
    make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, corner, ...heads, last)), body);
  return { table, body };
}

function makeGridRow(question, head) {
  const { asked, page } = question;
  const id = `${question.id}-r${++page.count}`;
  const name = make("span", { id: `${id}-name` }, head);
  const cells = asked.columns.map((column, index) => {
    const cell = makeCell(page, column);
    cell.input.id = `${id}-c${index}`;
    cell.input.setAttribute("aria-labelledby", `${question.label.id} ${name.id} ${question.id}-c${index}`);
    describe(cell.input, [...(column.help ? [`${question.id}-c${index}-help`] : []), ...(cell.unit ? [cell.unit.id] : [])]);
    const seen = make("span", { class: "ss-cell-name", "aria-hidden": "true" }, make("bdi", {}, column.label),
      column.help ? make("span", { class: "ss-column-help" }, column.help) : null);
    return { ...cell, column, place: make("td", { role: "cell", class: `ss-cell-${column.kind}` }, seen, cell.node) };
  });
  const last = make("td", { role: "cell", class: "ss-last" });
  const node = make("tr", { role: "row" }, make("th", { scope: "row", role: "rowheader" }, name), ...cells.map((cell) => cell.place), last);
  return { id, name, cells, last, node };
}

function readRow(question, row, where, faults) {
  const { asked, page } = question;
  const values = row.cells.map((cell) => [cell.column, cell.read(faults, `${where}.${cell.column.id}`)]);
  const given = values.filter(([, value]) => value !== undefined);
  if (!given.length) return undefined;
  for (const [column, value] of values) {
    if (column.required && value === undefined) {
      faults.push({ inside: `${where}.${column.id}`, message: page.words.fault.required });
    }
  }
  const numbers = given.map(([, value]) => value).filter((value) => value !== UNSURE);
  if (asked.ordered && numbers.some((value, index) => index && numbers[index - 1] > value)) {
    const names = asked.columns.map((column) => column.label).join(", ");
    faults.push({ inside: where, message: say(page.words.fault.ordered, { columns: names }) });
  }
  return Object.fromEntries(given.map(([column, value]) => [column.id, value]));
}

function findCell(row, inside) {
  const column = inside.split(".").pop();
  return (row.cells.find((cell) => cell.column.id === column) ?? row.cells[0]).input;
}

function describeCell(question, rowName, inside) {
  const column = question.asked.columns.find(({ id }) => inside.endsWith(`.${id}`));
  return column ? `${rowName}, ${column.label}` : rowName;
}

function makeMatrix(question) {
  const { asked, page } = question;
  const { table, body } = makeGrid(question, { rowHead: page.words.row_head, lastHead: page.words.unsure });
  const rows = asked.rows.map((option) => {
    const row = { ...makeGridRow(question, make("bdi", {}, option.label)), option };
    row.unsure = make("input", { type: "checkbox", id: `${row.id}-unsure` });
    const label = make("label", { for: row.unsure.id, id: `${row.id}-unsure-label` }, page.words.unsure);
    row.unsure.setAttribute("aria-labelledby", `${question.label.id} ${row.name.id} ${label.id}`);
    if (option.help) row.name.after(make("p", { class: "ss-column-help" }, option.help));
    row.last.append(make("div", { class: "ss-option ss-unsure" }, row.unsure, label));
    let before = [];
    row.unsure.addEventListener("change", () => {
      if (row.unsure.checked) before = row.cells.map((cell) => cell.read([], ""));
      row.cells.forEach((cell, index) => cell.write(row.unsure.checked ? undefined : before[index]));
    });
    const untick = () => { row.unsure.checked = false; };
    row.cells.forEach((cell) => { cell.input.addEventListener("input", untick); cell.input.addEventListener("change", untick); });
    body.append(row.node);
    return row;
  });
  const pick = (inside) => rows.find((row) => inside === row.option.id || inside.startsWith(`${row.option.id}.`));
  return {
    many: true,
    nodes: [table],
    read(faults) {
      const given = rows.map((row) => [row.option.id, row.unsure.checked ? UNSURE : readRow(question, row, row.option.id, faults)])
        .filter(([, value]) => value !== undefined);
      return given.length ? Object.fromEntries(given) : undefined;
    },
    write: (value) => rows.forEach((row) => {
      const given = isMapping(value) ? value[row.option.id] : undefined;
      row.unsure.checked = given === UNSURE;
      row.cells.forEach((cell) => cell.write(isMapping(given) ? given[cell.column.id] : undefined));
    }),
    find: (inside) => (rows.length ? findCell(pick(inside) ?? rows[0], inside) : question.unsure.input),
    describe: (inside) => (pick(inside) ? describeCell(question, pick(inside).option.label, inside) : ""),
  };
}

function makeTable(question) {
  const { page } = question;
  const { words } = page;
  const { table, body } = makeGrid(question, { rowHead: words.row_number, lastHead: words.remove_head });
  const add = make("button", { type: "button", class: "ss-add", id: `${question.id}-add` }, words.add_row);
  add.setAttribute("aria-labelledby", `${add.id} ${question.label.id}`);
  const rows = [];
  const renumber = () => {
    rows.forEach((row, index) => { row.name.textContent = say(words.row, { row: index + 1 }); });
    table.classList.toggle("is-empty", rows.length === 0);
    add.disabled = rows.length >= MOST_ROWS;
  };
  const remove = (row) => {
    const index = rows.indexOf(row);
    rows.splice(index, 1);
    row.node.remove();
    renumber();
    question.commit();
    (rows[Math.min(index, rows.length - 1)]?.cells[0].input ?? add).focus();
    page.announce(say(words.row_removed, { row: index + 1 }));
  };
  const append = () => {
    const row = makeGridRow(question, "");
    const button = make("button", { type: "button", class: "ss-remove", id: `${row.id}-remove` }, words.remove_row);
    button.setAttribute("aria-labelledby", `${button.id} ${row.name.id} ${question.label.id}`);
    button.addEventListener("click", () => remove(row));
    row.last.append(button);
    rows.push(row);
    body.append(row.node);
    renumber();
    return row;
  };
  add.addEventListener("click", () => {
    if (question.unsure.input.checked) question.unsure.input.checked = false;
    append().cells[0].input.focus();
    page.announce(say(words.row_added, { row: rows.length }));
  });
  const number = (inside) => Number(/^row (\d+)/.exec(inside)?.[1] ?? 0);
  renumber();
  return {
    many: true,
    nodes: [table, make("p", { class: "ss-paper" }, say(words.rows_on_paper, { columns: question.asked.columns.map(({ label }) => label).join(", ") })), add],
    read(faults) {
      let place = 0;
      const given = rows.map((row) => {
        const found = [];
        const value = readRow(question, row, `row ${place + 1}`, found);
        if (value !== undefined) { place += 1; faults.push(...found); }
        return value;
      }).filter((value) => value !== undefined);
      return given.length ? given : undefined;
    },
    write(value) {
      const given = Array.isArray(value) ? value : [];
      while (rows.length > given.length) rows.pop().node.remove();
      while (rows.length < given.length) append();
      rows.forEach((row, index) => row.cells.forEach((cell) => cell.write(isMapping(given[index]) ? given[index][cell.column.id] : undefined)));
      renumber();
    },
    find: (inside) => (rows[number(inside) - 1] ? findCell(rows[number(inside) - 1], inside) : add),
    describe: (inside) => (number(inside) ? describeCell(question, say(words.row, { row: number(inside) }), inside) : ""),
  };
}

// ---- cells: one input. {node, input, unit?, read(faults, inside), write(value)}

function makeCell(page, asked) {
  switch (asked.kind) {
    case "scale":
    case "choice": return makeSelect(page, asked);
    case "number":
    case "money": return makeNumber(page, asked);
    case "date": return makeDate(page);
    default: {
      const text = makeText(asked.kind);
      return { ...text, read: (faults, inside) => text.read(faults, inside, page) };
    }
  }
}

function makeText(kind) {
  // The wrapper repeats the text out of sight, which makes the field as high as its words, on paper too.
  const input = make("textarea", { rows: kind === "text" ? "1" : "3", dir: "auto" });
  const node = make("div", { class: `ss-grow ss-grow-${kind}` }, input);
  let given;
  let shown = "";
  const mirror = () => { node.dataset.text = input.value; node.classList.toggle("is-filled", input.value !== ""); };
  input.addEventListener("input", (event) => { if (!event.isComposing) tidy(input); mirror(); });
  return {
    node,
    input,
    read(faults, inside, page) {
      // Untouched words go back as they came, whatever a text field does to their line ends.
      const text = input.value === shown && given !== undefined ? given : input.value;
      if (!text.trim()) return undefined;
      if ([...text].length > LONGEST_TEXT) {
        faults.push({ inside, message: say(page.words.fault.long, { most: formatNumber(LONGEST_TEXT), count: formatNumber([...text].length) }) });
      }
      return text;
    },
    write(value) {
      const text = typeof value === "string" ? value : "";
      if (input.value !== text) input.value = text;
      given = text || undefined;
      shown = input.value;
      mirror();
    },
  };
}

function tidy(input) {
  const clean = input.value.replace(OTHER_LINE_ENDS, "\n").replace(CONTROL, "");
  if (clean === input.value) return;
  const end = input.value.length - input.selectionEnd;
  input.value = clean;
  input.setSelectionRange(clean.length - end, clean.length - end);
}

function makeSelect(page, asked) {
  const choices = [...listSteps(asked), { id: UNSURE, label: page.words.unsure }];
  const input = make("select", {}, make("option", { value: "" }, page.words.choose),
    ...choices.map(({ label }, index) => make("option", { value: String(index) }, label)));
  // On paper nobody can open a list.
  const node = make("div", { class: "ss-select" }, input,
    make("p", { class: "ss-paper" }, `${page.words.ring_one} ${choices.map(({ label }) => label).join(" / ")}`));
  let strange; // a value this list does not know goes back as it came, until another is chosen
  input.addEventListener("change", () => {
    strange = undefined;
    node.classList.toggle("is-filled", input.value !== "");
  });
  return {
    node,
    input,
    read: () => (input.value === "" ? strange : choices[Number(input.value)].id),
    write(value) {
      const index = choices.findIndex(({ id }) => id === value);
      input.value = index < 0 ? "" : String(index);
      strange = index < 0 && value !== null ? value : undefined;
      node.classList.toggle("is-filled", input.value !== "");
    },
  };
}

function makeNumber(page, asked) {
  const { minimum, maximum, whole, unit, kind } = asked;
  const input = make("input", { type: "text", inputmode: "decimal", autocomplete: "off", size: "10" });
  const unitNode = unit ? make("span", { class: "ss-unit", id: `${page.prefix}-u${++page.count}` }, unit) : null;
  const before = kind === "money" ? unitNode : null;
  const node = make("div", { class: "ss-number" }, before, input, before ? null : unitNode);
  const bounds = { low: formatNumber(minimum), high: formatNumber(maximum), unit: unit ? ` (${unit})` : "" };
  return {
    node,
    input,
    unit: unitNode,
    read(faults, inside) {
      const text = input.value.trim();
      if (!text) return undefined;
      if (text.toLowerCase() === UNSURE) return UNSURE;
      const value = parseNumber(text);
      if (value !== null && value >= minimum && value <= maximum && !(whole && !Number.isInteger(value))) return value;
      const { fault } = page.words;
      const template = maximum >= 1e12 ? (whole ? fault.whole_from : fault.number_from) : (whole ? fault.whole : fault.number);
      faults.push({ inside, message: say(template, bounds) });
      return input.value;
    },
    write(value) { input.value = value === undefined || value === null ? "" : String(value); },
  };
}

/** Digits as people write them: 1200, 1,200.50, £1 200; null for anything that could be meant in two ways. */
function parseNumber(text) {
  const plain = text.replace(/^[£€$]\s*/, "").replace(/\u2212/g, "-");
  if (!/^-?(\d+|\d{1,3}([, \u00a0\u202f]\d{3})+)(\.\d+)?$/.test(plain)) return null;
  return Number(plain.replace(/[, \u00a0\u202f]/g, ""));
}

function makeDate(page) {
  const input = make("input", { type: "date", min: "1000-01-01", max: "9999-12-31" });
  return {
    node: input,
    input,
    read(faults, inside) {
      const { badInput, rangeOverflow, rangeUnderflow } = input.validity;
      if (badInput || rangeOverflow || rangeUnderflow) faults.push({ inside, message: page.words.fault.date });
      return input.value || undefined;
    },
    write(value) {
      // A date field cannot show the word; where a cell holds it, the field takes any words.
      input.type = value === UNSURE ? "text" : "date";
      input.value = typeof value === "string" ? value : "";
    },
  };
}

// ---- small things

function make(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

function describe(node, ids) {
  if (ids.length) node.setAttribute("aria-describedby", ids.join(" "));
  else node.removeAttribute("aria-describedby");
}

function isTyped(node) {
  return node.tagName === "TEXTAREA" || (node.tagName === "INPUT" && ["text", "date"].includes(node.type));
}

function explain(page, problem) {
  return problem.message ?? say(page.words.problem, problem);
}

function say(template, values) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

function isMapping(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function formatNumber(value) {
  return value.toLocaleString("en-GB", { maximumFractionDigits: 2 });
}

function canonical(value) {
  return JSON.stringify(value, (_, inner) => (isMapping(inner)
    ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner));
}
