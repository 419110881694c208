// Matrices and tables: rows of cells under columns.

const MOST_ROWS = 200;
const MOST_COLUMNS_ABREAST = 3;
const LONGEST_ABREAST = 14; // letters of a choice

function makeGrid(question, { rowHead, lastHead }) {
  const { asked, page } = question;
  const heads = asked.columns.map((column, index) => {
    const help = column.help ? make("p", { class: "ss-column-help", id: `${question.id}-c${index}-help` }, column.help) : null;
    const name = make("span", { id: `${question.id}-c${index}` }, make("bdi", {}, column.label));
    const needed = column.required ? make("span", { class: "ss-needed" }, ` ${page.words.needed}`) : null;
    return make("th", { scope: "col", role: "columnheader" }, name, needed, help);
  });
  const body = make("tbody", { role: "rowgroup" });
  // Lists of long choices side by side would be cut short.
  const lists = asked.columns.filter((column) => column.steps || column.options);
  const isLong = lists.some((column) => listSteps(column).some(({ label }) => label.length > LONGEST_ABREAST));
  const wide = asked.columns.length > (isLong ? 2 : MOST_COLUMNS_ABREAST) || lists.length > 2;
  const corner = make("th", { scope: "col", role: "columnheader" }, rowHead);
  // For the eye: what stands under it has names of its own.
  const last = make("th", { scope: "col", role: "columnheader", id: `${question.id}-last` }, make("span", { "aria-hidden": "true" }, lastHead));
  const table = make("table", { class: `ss-grid${wide ? " ss-wide" : ""}`, role: "table" },
    make("caption", {}, makeUnseen(page.words.grid)), make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, corner, ...heads, last)), body);
  return { table, body };
}

/** A row; `rowId` says which columns are not asked in it. Only what is asked is among its cells. */
function makeGridRow(question, head, rowId) {
  const { asked, page } = question;
  const id = `${question.id}-r${++page.count}`;
  const name = make("span", { id: `${id}-name` }, head);
  const cells = [];
  const places = asked.columns.map((column, index) => {
    const seen = make("span", { class: "ss-cell-name", "aria-hidden": "true" }, make("bdi", {}, column.label),
      column.help ? make("span", { class: "ss-column-help" }, column.help) : null);
    if (column.not_asked?.includes(rowId)) {
      return make("td", { role: "cell" }, seen, make("span", { class: "ss-column-help" }, page.words.not_asked));
    }
    const cell = makeCell(page, column);
    cell.input.id = `${id}-c${index}`;
    cell.input.setAttribute("aria-labelledby", `${name.id} ${question.id}-c${index}`);
    if (column.required) cell.input.setAttribute("aria-required", "true");
    describe(cell.input, [...(column.help ? [`${question.id}-c${index}-help`] : []), ...(cell.unit ? [cell.unit.id] : [])]);
    cells.push({ ...cell, column });
    return make("td", { role: "cell", class: `ss-cell-${column.kind}`, "data-column": column.id }, seen, cell.node);
  });
  const last = make("td", { role: "cell", class: "ss-last" });
  const node = make("tr", { role: "row" }, make("th", { scope: "row", role: "rowheader" }, name), ...places, last);
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
  return { ...row.kept, ...Object.fromEntries(given.map(([column, value]) => [column.id, value])) };
}

/** Take faulty cells out of rows by name, and rows that then miss one they need or hold nothing. */
function siftRows(question, rows, faults) {
  const sound = new Map(rows.map(([name, row]) => [name, { ...row }]));
  for (const { inside } of faults) {
    const [name, id] = inside.split(".");
    const row = sound.get(name);
    const column = question.asked.columns.find((one) => one.id === id);
    if (!row) continue;
    if (!column || column.required || !(id in row)) sound.delete(name);
    else delete row[id];
    if (!Object.keys(row).length) sound.delete(name);
  }
  return sound;
}

function findCell(question, row, inside) {
  const column = inside.split(".").pop();
  return (row.cells.find((cell) => cell.column.id === column) ?? row.cells[0] ?? question.unsure).input;
}

function describeCell(question, rowName, inside) {
  const column = question.asked.columns.find(({ id }) => inside.endsWith(`.${id}`));
  return column ? `${rowName}, ${column.label}` : rowName;
}

function makeMatrix(question) {
  const { asked, page } = question;
  const { table, body } = makeGrid(question, { rowHead: page.words.row_head, lastHead: asked.sure ? "" : page.words.unsure });
  const rows = asked.rows.map((option) => {
    const row = { ...makeGridRow(question, make("bdi", {}, option.label), option.id), option };
    row.unsure = make("input", { type: "checkbox", id: `${row.id}-unsure` });
    const label = make("label", { for: row.unsure.id, id: `${row.id}-unsure-label` }, page.words.unsure);
    row.unsure.setAttribute("aria-labelledby", `${row.name.id} ${label.id}`);
    if (option.help) row.name.after(make("p", { class: "ss-column-help" }, option.help));
    if (row.cells.length && !asked.sure) row.last.append(make("div", { class: "ss-option ss-unsure" }, row.unsure, label));
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
    sift(value, faults) {
      const [known, unsure] = [true, false].map((is) => Object.entries(value).filter(([, row]) => isMapping(row) === is));
      const sound = { ...Object.fromEntries(siftRows(question, known, faults)), ...Object.fromEntries(unsure) };
      return Object.keys(sound).length ? sound : undefined;
    },
    write: (value) => rows.forEach((row) => {
      const given = isMapping(value) ? value[row.option.id] : undefined;
      row.unsure.checked = given === UNSURE;
      row.cells.forEach((cell) => cell.write(isMapping(given) ? given[cell.column.id] : undefined));
    }),
    find: (inside) => (rows.length ? findCell(question, pick(inside) ?? rows[0], inside) : question.unsure.input),
    describe: (inside) => (pick(inside) ? describeCell(question, pick(inside).option.label, inside) : ""),
  };
}

function makeTable(question) {
  const { page } = question;
  const { words } = page;
  const { table, body } = makeGrid(question, { rowHead: words.row_number, lastHead: words.remove_head });
  const add = make("button", { type: "button", class: "ss-add", id: `${question.id}-add` }, words.add_row, question.makeBelonging());
  const back = make("button", { type: "button", class: "ss-back", hidden: true }, words.put_back);
  let removed = null;
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
    removed = { row, index };
    back.hidden = false;
    renumber();
    question.commit();
    const next = rows[Math.min(index, rows.length - 1)];
    (next?.cells[0].input ?? add).focus();
    const where = next ? say(words.row_now, { row: rows.indexOf(next) + 1 }) : words.row_none;
    page.announce(`${say(words.row_removed, { row: index + 1 })} ${where}`);
  };
  const forget = () => { removed = null; back.hidden = true; };
  back.addEventListener("click", () => {
    const { row, index } = removed;
    rows.splice(index, 0, row);
    body.insertBefore(row.node, body.children[index] ?? null);
    forget();
    renumber();
    question.commit();
    row.cells[0].input.focus();
    hushLists(row.node);
    // Orca does not always say what took the focus from a button that is gone, so it is said where one is.
    page.announce(`${say(words.row_added, { row: index + 1 })} ${say(words.row_now, { row: index + 1 })}`);
  });
  const append = () => {
    const row = makeGridRow(question, "");
    const button = make("button", { type: "button", class: "ss-remove", id: `${row.id}-remove` }, words.remove_row);
    button.setAttribute("aria-labelledby", `${button.id} ${row.name.id}`);
    button.addEventListener("click", () => remove(row));
    row.last.append(button);
    if (question.asked.movable) addMoves(question, { rows, row, renumber });
    rows.push(row);
    body.append(row.node);
    renumber();
    return row;
  };
  add.addEventListener("click", () => {
    if (question.unsure) question.unsure.input.checked = false;
    const row = append();
    row.cells[0].input.focus();
    hushLists(row.node);
    page.announce(say(words.row_added, { row: rows.length }));
  });
  const number = (inside) => Number(/^row (\d+)/.exec(inside)?.[1] ?? 0);
  renumber();
  return {
    many: true,
    nodes: [table, make("p", { class: "ss-paper" }, say(words.rows_on_paper, { columns: question.asked.columns.map(({ label }) => label).join(", ") })), add, back],
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
    sift(value, faults) {
      const sound = [...siftRows(question, value.map((row, index) => [`row ${index + 1}`, row]), faults).values()];
      return sound.length ? sound : undefined;
    },
    write(value) {
      const given = Array.isArray(value) ? value : [];
      while (rows.length > given.length) rows.pop().node.remove();
      while (rows.length < given.length) append();
      rows.forEach((row, index) => {
        const cells = isMapping(given[index]) ? given[index] : {};
        const { asked: { columns } } = question;
        row.kept = Object.fromEntries(Object.entries(cells).filter(([name]) => columns.every(({ id }) => id !== name)));
        row.cells.forEach((cell) => cell.write(cells[cell.column.id]));
      });
      renumber();
    },
    /** Add a row that holds something, and go to one of its cells. */
    add(values, column) {
      if (question.unsure) question.unsure.input.checked = false;
      const row = append();
      row.cells.forEach((cell) => cell.write(values[cell.column.id]));
      row.cells.find((cell) => cell.column.id === column)?.input.focus();
      hushLists(row.node);
    },
    find: (inside) => (rows[number(inside) - 1] ? findCell(question, rows[number(inside) - 1], inside) : add),
    describe: (inside) => (number(inside) ? describeCell(question, say(words.row, { row: number(inside) }), inside) : ""),
  };
}
