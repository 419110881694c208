// What a question is answered with, by its kind. A control is {nodes, read(faults), write(value), find(inside),
// describe?(inside), changed?(), single?, role?, ownUnsure?, many?}.

const POINTS = 100;
// What a number of points loses when it is rounded to a tenth, so that three alike can be given.
const ROUNDED = 0.05;

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
  describe(cell.input, [...question.describedBy, ...[cell.unit, cell.shown].filter(Boolean).map(({ id }) => id)]);
  return {
    nodes: [cell.node],
    single: cell.input,
    read: (faults) => cell.read(faults, ""),
    write: cell.write,
    find: () => cell.input,
  };
}

function makeRadios(question) {
  const { asked, page } = question;
  const choices = [...listSteps(asked), ...(asked.sure ? [] : [{ id: UNSURE, label: page.words.unsure }])];
  const rows = choices.map((choice, index) => makeOption(question, "radio", choice, index));
  if (!asked.sure) rows.at(-1).node.classList.add("ss-unsure");
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
  const total = make("p", { class: "ss-total" });
  const unit = makeUnseen(page.words.points_unit);
  unit.id = `${question.id}-unit`;
  let saying;
  const rows = asked.options.map((option, index) => {
    const cell = makeCell(page, { kind: "number", minimum: 0, maximum: POINTS });
    cell.input.id = `${question.id}-p${index}`;
    const label = make("label", { for: cell.input.id }, make("bdi", {}, option.label));
    describe(cell.input, [unit.id]);
    return { ...cell, id: option.id, label: option.label, node: make("div", { class: "ss-share" }, label, cell.node) };
  });
  const read = (faults) => {
    const before = faults.length;
    const pairs = rows.map((row) => [row.id, row.read(faults, row.id)]).filter(([, value]) => value !== undefined);
    if (!pairs.length) return undefined;
    const sum = pairs.reduce((so_far, [, value]) => so_far + (typeof value === "number" ? value : 0), 0);
    if (faults.length > before) return Object.fromEntries(pairs);
    if (!addsUp(sum, rows.length)) {
      const { fault } = page.words;
      const message = sum < POINTS ? say(fault.points_left, { left: formatNumber(POINTS - sum) }) : say(fault.points_over, { over: formatNumber(sum - POINTS) });
      faults.push({ inside: "", message });
      return Object.fromEntries(pairs);
    }
    return { ...Object.fromEntries(rows.map((row) => [row.id, 0])), ...Object.fromEntries(pairs) };
  };
  const write = () => {
    const given = Object.values(read([]) ?? {}).filter((value) => typeof value === "number");
    return describeTotal(page.words, given.reduce((so_far, value) => so_far + value, 0), rows.length);
  };
  const changed = () => {
    const text = write();
    if (total.textContent === text) return;
    total.textContent = text;
    // Heard once the typing stops, and not at each digit.
    clearTimeout(saying);
    saying = setTimeout(() => question.given?.contains(document.activeElement) && page.announce(text), PAUSE);
  };
  total.textContent = write(); // as it is drawn, nothing is said
  return {
    many: true,
    nodes: [unit, ...rows.map((row) => row.node), total],
    read,
    changed,
    write: (value) => rows.forEach((row) => row.write(isMapping(value) ? value[row.id] : undefined)),
    find: (inside) => (rows.find((row) => row.id === inside) ?? rows[0])?.input,
    describe: (inside) => rows.find((row) => row.id === inside)?.label ?? "",
  };
}

function addsUp(sum, items) {
  return Math.abs(sum - POINTS) <= Math.max(0.01, ROUNDED * items) + 1e-9;
}

function describeTotal(words, sum, items) {
  const given = formatNumber(sum);
  if (addsUp(sum, items)) return words.points_done;
  return sum < POINTS ? say(words.points_left, { given, left: formatNumber(POINTS - sum) })
    : say(words.points_over, { given, over: formatNumber(sum - POINTS) });
}
