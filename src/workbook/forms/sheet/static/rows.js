// What only the commissioner's own forms need of a table: rows that move, and several choices in one cell.

/** Buttons that move a row up or down; the focus stays on the one that was pressed, or goes to the other at an end. */
function addMoves(question, { rows, row, renumber }) {
  const { page } = question;
  const [up, down] = [[-1, "move_up"], [1, "move_down"]].map(([step, name]) => {
    const button = make("button", { type: "button", class: "ss-move", id: `${row.id}-${name}` }, page.words[name]);
    button.setAttribute("aria-labelledby", `${button.id} ${row.name.id}`);
    button.addEventListener("click", () => move(step, button));
    return button;
  });
  const move = (step, button) => {
    const from = rows.indexOf(row);
    const to = from + step;
    if (to < 0 || to >= rows.length) return;
    rows.splice(from, 1);
    rows.splice(to, 0, row);
    row.node.parentNode.insertBefore(row.node, rows[to + 1]?.node ?? null);
    renumber();
    button.focus();
    hushLists(row.node);
    question.commit();
    page.announce(say(page.words.moved, { row: from + 1, to: to + 1 }));
  };
  row.last.prepend(up, down);
}

/** Several choices in one cell of a table. */
function makeTicks(page, asked) {
  const start = `${page.prefix}-t${++page.count}`;
  const boxes = asked.options.map(({ label }, index) => {
    const box = make("input", { type: "checkbox", id: `${start}-${index}` });
    return { box, node: make("div", { class: "ss-option" }, box, make("label", { for: box.id }, make("bdi", {}, label))) };
  });
  const input = make("div", { class: "ss-ticks", role: "group", tabindex: "-1" }, ...boxes.map(({ node }) => node));
  return {
    node: input,
    input,
    read() {
      const chosen = asked.options.filter((_, index) => boxes[index].box.checked).map(({ id }) => id);
      return chosen.length ? chosen : undefined;
    },
    write: (value) => boxes.forEach(({ box }, index) => { box.checked = Array.isArray(value) && value.includes(asked.options[index].id); }),
  };
}
