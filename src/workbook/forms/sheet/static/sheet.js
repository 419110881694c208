// One sheet of questions as accessible HTML: real form elements, no dependencies.

/**
 * Draw `sheet` into `root`. `onAnswer(id, answer or null)` is told of each answer that is complete enough to keep,
 * `onDraft(id, answer or null)` of every change, complete or not. `reach` is the field of an answer that says who may
 * see it: a person's `consent`, or the `edition` of what a group agreed.
 */
export function renderSheet(root, sheet, { answers = {}, reach = "consent", onAnswer = () => {}, onDraft = () => {} } = {}) {
  const page = {
    words: sheet.words,
    prefix: `ss${Math.random().toString(36).slice(2, 8)}`,
    count: 0,
    reach,
    reachOfAll: "",
    announce: (text) => { status.textContent = text; },
    onAnswer,
    onDraft,
  };
  const status = make("p", { class: "ss-status ss-unseen", role: "status", "aria-live": "polite" });
  const summary = make("div", { class: "ss-summary", role: "group", "aria-labelledby": `${page.prefix}-problems`, tabindex: "-1", hidden: true });
  const questions = new Map(sheet.questions.map((asked) => [asked.id, new Question(page, asked)]));
  const body = make("div", { class: "ss-sheet", "data-sheet": sheet.id },
    summary, drawHead(sheet), drawGroups(sheet.questions, questions), status);
  // JupyterLab reads single keys as commands wherever it is not told to leave them alone.
  body.setAttribute("data-lm-suppress-shortcuts", "true");
  root.replaceChildren(body);

  const flush = () => { if (document.visibilityState === "hidden") questions.forEach((question) => question.flush()); };
  document.addEventListener("visibilitychange", flush);
  const setAnswers = (given) => [...questions].filter(([id, question]) => !question.setAnswer(given[id] ?? null)).map(([id]) => id);
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
    /** Show these answers; return the questions left as they are, because somebody has begun to change them. */
    setAnswers,
    /** Every answer that somebody has begun to change and the host does not know. */
    listBegun: () => [...questions].filter(([, question]) => question.isBegun() && !question.told).map(([id, question]) => [id, question.read().answer]),
    /** Put such an answer back into its fields; return whether it is asked here. */
    setBegun(id, answer) {
      questions.get(id)?.setBegun(answer);
      return questions.has(id);
    },
    has: (id) => questions.has(id),
    /** Give an answer as if somebody had filled it in; what else stands beside one that is there stays. */
    give(id, value, note) {
      questions.get(id)?.give(value, note);
    },
    /** Show something that is said about a question under its fields. */
    putBeside(id, node) {
      questions.get(id)?.putBeside(node);
    },
    putAfter(id, node) {
      questions.get(id)?.node.after(node);
    },
    /** What a question's fields hold, complete or not. */
    read: (id) => questions.get(id)?.read().answer?.value,
    addRow(id, values, column) {
      questions.get(id)?.addRow(values, column);
    },
    describeQuestion: (id) => questions.get(id)?.asked.text,
    /** Name the level that holds where an answer has none of its own. */
    setReachOfAll(level) {
      page.reachOfAll = level;
      questions.forEach((question) => question.nameDefault());
    },
    /** Draw anew the questions that are put otherwise now, such as sums whose currency is known; never the one in hand. */
    redescribe(asked_now) {
      for (const asked of asked_now) {
        const old = questions.get(asked.id);
        if (!old || canonical(old.asked) === canonical(asked) || old.node.contains(document.activeElement)) continue;
        const begun = old.isBegun() ? old.read().answer : null;
        const fresh = new Question(page, asked);
        fresh.setAnswer(JSON.parse(old.last));
        old.stop();
        old.node.replaceWith(fresh.node);
        questions.set(asked.id, fresh);
        if (!begun) continue;
        fresh.setBegun(begun);
        fresh.commit();
      }
    },
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
    /** Every answer without its faulty parts: one bad cell of a table takes no good row with it. */
    listSound: () => Object.fromEntries([...questions].map(([id, question]) => [id, question.readSound()]).filter(([, answer]) => answer)),
    /** Go to a question, and say there what is still wrong with its answer; returns whether it is asked here. */
    focusQuestion(id, inside) {
      questions.get(id)?.focus(inside);
      return questions.has(id);
    },
    describeProblem: (problem) => `${questions.get(problem.question).describePlace(problem.inside)} – ${explain(page, problem)}`,
    flush: () => questions.forEach((question) => question.flush()),
    destroy() {
      document.removeEventListener("visibilitychange", flush);
      questions.forEach((question) => question.stop());
      root.replaceChildren();
    },
  };
}

function drawHead(sheet) {
  const head = make("div", { class: "ss-head" });
  // The contents lead to the heading, which says the chapter's name when it has the focus.
  if (sheet.title) head.append(make("h2", { id: sheet.anchor, tabindex: sheet.anchor ? "-1" : null }, sheet.title));
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
  let folded = null;
  for (const { id, group: name, optional } of asked) {
    if ((name || "") !== group) {
      group = name || "";
      place = make("section", { class: "ss-group" });
      if (group) place.append(make("h3", {}, group));
      parts.append(place);
    }
    const { node, page } = questions.get(id);
    if (!optional) folded = null;
    else if (folded?.parentNode !== place) {
      folded = make("details", { class: "ss-optional" }, make("summary", {}, page.words.optional, group ? makeUnseen(`: ${group}`) : null));
      place.append(folded);
    }
    (folded ?? place).append(node);
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
  summary.append(make("p", { class: "ss-summary-title", id: `${page.prefix}-problems` }, heading), make("ul", {}, ...items));
}
