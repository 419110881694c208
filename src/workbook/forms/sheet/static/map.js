// The system map, drawn while it is typed. The ends of a link are chosen from the factors there are, by a list beside each
// end or by pressing one factor after the other in the drawing; what names no factor yet becomes one by a press.

const FACTORS = "system_map.factors";
const LINKS = "system_map.links";
const GOAL = "system_map.goal";
const SVG = "http://www.w3.org/2000/svg";
const NEW_FACTOR = "+";
const BEND = 14; // pixels by which a link keeps aside, so that two ways between two factors are two lines
const ARROW = 9;

/** A name as names are compared: as `fold_name` of the analysis does it. */
function foldName(name) {
  const simple = name.normalize("NFKC").replace(/\p{Cf}/gu, "").trim().split(/\s+/).join(" ").toLowerCase();
  return simple.replace(/['‘’ʼ´`′\s−\p{Pd}]/gu, "") || simple;
}

class SystemMap {
  /** Show the map under the table of links; nothing where the form asks for no map. */
  static show({ words, factors }, sheet, place, id) {
    return sheet.has(FACTORS) && sheet.has(LINKS) ? new SystemMap(words.map, factors, sheet, place, id) : null;
  }

  /** `known` are the factors of everybody's map, to which this form may add. */
  constructor(words, known, sheet, place, id) {
    Object.assign(this, { words, known, sheet, place, id, buttons: new Map(), from: null });
    this.svg = document.createElementNS(SVG, "svg");
    this.svg.setAttribute("aria-hidden", "true"); // the tables say the same
    this.told = make("p", { class: "ss-help", role: "status" });
    this.list = make("ul", { class: "ss-map-factors", "aria-labelledby": `${id}-map` });
    this.board = make("div", { class: "ss-map-board" }, this.svg, this.list);
    this.strange = make("div", { class: "ss-map-strange" });
    this.node = make("section", { class: "ss-map", "aria-labelledby": `${id}-map` }, make("h3", { id: `${id}-map` }, words.title),
      make("p", { class: "ss-help" }, words.help), this.board, this.told, this.strange);
    this.board.addEventListener("keydown", ({ key }) => { if (key === "Escape") this.choose(null); });
    sheet.putAfter(LINKS, this.node);
    this.resizing = new ResizeObserver(() => this.drawLines());
    this.resizing.observe(this.board);
    this.draw();
  }

  stop() {
    clearTimeout(this.drawing);
    this.resizing.disconnect();
  }

  drawLater() {
    clearTimeout(this.drawing);
    this.drawing = setTimeout(() => this.draw(), 100);
  }

  read(question) {
    const value = this.sheet.read(question);
    return Array.isArray(value) ? value : [];
  }

  draw() {
    this.factors = new Map(); // by folded short name, {name, label}
    const names = new Map(); // what a link may call it, folded
    const own = this.read(FACTORS);
    for (const row of [...own, ...this.known]) {
      const { id = "", label = "" } = row;
      const key = foldName(String(id));
      if (!key || this.factors.has(key)) continue;
      this.factors.set(key, { name: id, label: label || id, isOwn: own.includes(row) });
      names.set(key, key);
      if (!names.has(foldName(String(label)))) names.set(foldName(String(label)), key);
    }
    const rows = this.read(LINKS).map((row) => ({ ...row, ends: [row.from, row.to].map((end) => String(end ?? "").trim()) }));
    const lost = new Map(rows.flatMap(({ ends }) => ends).filter((end) => end && !names.has(foldName(end))).map((end) => [foldName(end), end]));
    this.links = rows.map((row) => ({ ...row, ends: row.ends.map((end) => names.get(foldName(end))) })).filter(({ ends: [from, to] }) => from && to && from !== to);
    this.drawFactors();
    this.drawStrange([...lost.values()]);
    this.offerEnds();
    this.drawLines();
  }

  /** A button for each factor; those that stay keep the focus they may have. */
  drawFactors() {
    for (const [key, { item }] of this.buttons) if (!this.factors.has(key)) { item.remove(); this.buttons.delete(key); }
    for (const [key, { label, isOwn }] of this.factors) {
      if (!this.buttons.has(key)) {
        const button = make("button", { type: "button", class: "ss-map-factor", "aria-pressed": "false" });
        button.addEventListener("click", () => this.choose(key));
        this.buttons.set(key, { button, item: make("li", {}, button) });
      }
      const { button, item } = this.buttons.get(key);
      if (button.textContent !== label) button.replaceChildren(make("bdi", {}, label));
      button.classList.toggle("is-others", !isOwn);
      if (item.parentNode !== this.list) this.list.append(item);
    }
    this.node.classList.toggle("is-empty", !this.factors.size);
    if (!this.factors.has(this.from)) this.from = null;
  }

  choose(key) {
    const from = this.from;
    const goes = key && from && from !== key;
    this.from = goes || key === from ? null : key;
    for (const [one, { button }] of this.buttons) button.setAttribute("aria-pressed", String(one === this.from));
    const label = (one) => this.factors.get(one).label;
    this.told.textContent = goes ? say(this.words.linked, { from: label(from), to: label(key) }) : this.from ? say(this.words.chosen, { from: label(this.from) }) : "";
    if (goes) this.sheet.addRow(LINKS, { from: this.factors.get(from).name, to: this.factors.get(key).name }, "sign");
  }

  /** What links name and no row of the factors does. */
  drawStrange(names) {
    const now = canonical(names);
    if (now === this.shownStrange) return;
    this.shownStrange = now;
    this.strange.replaceChildren(...names.map((name) => {
      const button = make("button", { type: "button", class: "ss-agree" }, say(this.words.add, { name }));
      button.addEventListener("click", () => this.sheet.addRow(FACTORS, { id: name, label: name }, "label"));
      return button;
    }));
  }

  /** A list of the factors beside each end of a link, and beside the goal. */
  offerEnds() {
    const ends = this.place.querySelectorAll(`[data-question='${LINKS}'] :is([data-column='from'], [data-column='to']) textarea, [data-question='${GOAL}'] .ss-frame > .ss-grow textarea`);
    const names = [...this.factors.values()];
    for (const field of ends) {
      const grow = field.parentNode;
      const select = grow.parentNode.querySelector(":scope > .ss-end") ?? this.makeEnd(field);
      const now = canonical(names);
      if (select.dataset.names === now) continue;
      select.dataset.names = now;
      select.replaceChildren(make("option", { value: "" }, this.words.choose_end),
        ...names.map(({ name, label }) => make("option", { value: ` ${name}` }, label)), make("option", { value: NEW_FACTOR }, this.words.new_end));
      hushLists(select.parentNode);
    }
  }

  makeEnd(field) {
    const select = make("select", { class: "ss-end", id: `${field.id}-end`, "aria-label": this.words.choose_end });
    const named = field.getAttribute("aria-labelledby");
    if (named) select.setAttribute("aria-labelledby", `${select.id} ${named}`);
    select.addEventListener("change", (event) => {
      event.stopPropagation();
      field.value = select.value === NEW_FACTOR ? "" : select.value.trim();
      if (select.value === NEW_FACTOR) field.focus();
      select.value = "";
      ["input", "change"].forEach((name) => field.dispatchEvent(new Event(name, { bubbles: true })));
    });
    field.parentNode.after(select);
    return select;
  }

  drawLines() {
    const base = this.board.getBoundingClientRect();
    this.svg.setAttribute("viewBox", `0 0 ${base.width} ${base.height}`);
    const boxes = new Map([...this.buttons].map(([key, { button }]) => {
      const { left, top, width, height } = button.getBoundingClientRect();
      return [key, { x: left - base.left + width / 2, y: top - base.top + height / 2, width, height }];
    }));
    this.svg.replaceChildren(...(this.links ?? []).flatMap((link) => drawLink(link, ...link.ends.map((key) => boxes.get(key)))));
  }
}

function drawLink({ sign, certainty }, from, to) {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const across = { x: -(to.y - from.y) / length, y: (to.x - from.x) / length };
  const bend = { x: (from.x + to.x) / 2 + across.x * BEND * 2, y: (from.y + to.y) / 2 + across.y * BEND * 2 };
  const end = leaveBox(to, bend);
  const angle = Math.atan2(end.y - bend.y, end.x - bend.x);
  const wings = [2.6, -2.6].map((turn) => `L${end.x + ARROW * Math.cos(angle + turn)} ${end.y + ARROW * Math.sin(angle + turn)}`);
  const middle = { x: (from.x + to.x) / 4 + bend.x / 2, y: (from.y + to.y) / 4 + bend.y / 2 };
  const line = shape("path", { class: `ss-link${certainty === "tested" ? "" : certainty === "believed" ? " is-believed" : " is-guessed"}`, d: `M${from.x} ${from.y}Q${bend.x} ${bend.y} ${end.x} ${end.y}` });
  const head = shape("path", { class: "ss-link-head", d: `M${end.x} ${end.y}${wings[0]}${wings[1]}Z` });
  const mark = { more: "+", less: "−" }[sign];
  const text = mark ? shape("text", { class: "ss-link-sign", x: middle.x, y: middle.y }) : null;
  if (text) text.textContent = mark;
  return [line, head, text].filter(Boolean);
}

/** Where the way from a box's middle to a point leaves the box. */
function leaveBox({ x, y, width, height }, point) {
  const [dx, dy] = [point.x - x, point.y - y];
  const share = Math.min(1, width / 2 / (Math.abs(dx) || 1e-9), height / 2 / (Math.abs(dy) || 1e-9));
  return { x: x + dx * share, y: y + dy * share };
}

function shape(tag, attributes) {
  const node = document.createElementNS(SVG, tag);
  Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
  return node;
}
