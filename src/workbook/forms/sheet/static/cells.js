// One input of each simple kind: words, a list to choose from, a number, a day.
// A cell is {node, input, unit?, read(faults, inside), write(value)}.

const LONGEST_TEXT = 20000;
// Signs that no file may hold; word processors put a vertical tab or a form feed where they mean a new line.
const CONTROL = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g;
const OTHER_LINE_ENDS = /\r\n|[\u000b\u000c\r]/g;

function makeCell(page, asked) {
  switch (asked.kind) {
    case "scale":
    case "choice": return makeSelect(page, asked);
    case "choices": return makeTicks(page, asked);
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

function cleanText(text) {
  return text.replace(OTHER_LINE_ENDS, "\n").replace(CONTROL, "");
}

function tidy(input) {
  const clean = cleanText(input.value);
  if (clean === input.value) return;
  const end = input.value.length - input.selectionEnd;
  input.value = clean;
  input.setSelectionRange(clean.length - end, clean.length - end);
}

function listSteps(asked) {
  return asked.kind === "scale" ? asked.steps.map((label, id) => ({ id, label })) : asked.options;
}

function makeSelect(page, asked) {
  const choices = [...listSteps(asked), ...(asked.sure ? [] : [{ id: UNSURE, label: page.words.unsure }])];
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
  const shown = kind === "money" ? make("span", { class: "ss-read", id: `${page.prefix}-r${++page.count}` }) : null;
  const node = make("div", { class: "ss-number" }, before, input, before ? null : unitNode, shown);
  const bounds = { low: formatNumber(minimum), high: formatNumber(maximum), unit: unit ? ` (${unit})` : "" };
  const find = () => readNumber(input.value.trim(), asked);
  const showRead = () => {
    const { values, sign } = find();
    if (shown) shown.textContent = values.length === 1 ? say(page.words.read_as, { amount: `${unit || sign}${formatNumber(values[0])}` }) : "";
  };
  input.addEventListener("input", showRead);
  return {
    node,
    input,
    unit: unitNode,
    shown,
    read(faults, inside) {
      const text = input.value.trim();
      if (!text) return undefined;
      if (text.toLowerCase() === UNSURE) return UNSURE;
      const { values, foreign } = find();
      if (values.length === 1) return values[0];
      const { fault } = page.words;
      const template = maximum >= 1e12 ? (whole ? fault.whole_from : fault.number_from) : (whole ? fault.whole : fault.number);
      if (foreign) faults.push({ inside, message: say(fault.foreign, { foreign, unit }) });
      else if (values.length) faults.push({ inside, message: say(fault.two_readings, { typed: text, one: values[0], other: values[1] }) });
      else faults.push({ inside, message: say(template, bounds) });
      return input.value;
    },
    write(value) {
      input.value = value === undefined || value === null ? "" : String(value);
      showRead();
    },
  };
}

const CURRENCY = /^(?:[A-Z]{3}|\p{Sc}|[A-Z]{1,2}\p{Sc}|zł|kr\.?|Fr\.?)$/u;
const GROUPED_BY_SPACE = /^-?\d{1,3}(?:[ \u00a0\u202f'\u2019]\d{3})+(?:[.,]\d+)?$/;

/**
 * Digits as people write them: 1200, 1,200.50, 1.200,50, £1 200. Returns {values: every number they can mean, sign: the
 * currency that was typed, foreign: the sign of another one than is asked for}. Where no currency is asked for, each is taken.
 * What lies outside the bounds of the question is nothing they can mean.
 */
function readNumber(text, asked) {
  const [, front, middle, back] = /^([^\d\s.,+\u2212-]*)\s*([\s\S]*?)\s*([^\d\s.,]*)$/.exec(text) ?? [];
  const signs = [front, back].filter(Boolean);
  const own = [asked.unit, asked.code].filter(Boolean);
  const [sign = ""] = signs;
  const isMoney = asked.kind === "money" && CURRENCY.test(signs.find((one) => !own.includes(one)) ?? "");
  const isTaken = signs.every((one) => own.includes(one)) || (isMoney && !own.length);
  if (!isTaken || signs.length > 1) return { values: [], sign, foreign: isMoney && own.length ? signs.find((one) => !own.includes(one)) : "" };
  const fits = (value) => value >= asked.minimum && value <= asked.maximum && !(asked.whole && !Number.isInteger(value));
  return { values: listReadings((middle ?? "").replace(/\u2212/g, "-"), asked.groups).filter(fits), sign, foreign: "" };
}

function listReadings(plain, groups) {
  if (/^-?\d+$/.test(plain)) return [Number(plain)];
  if (GROUPED_BY_SPACE.test(plain)) return [Number(plain.replace(/[^\d.,-]/g, "").replace(",", "."))];
  if (/^-?\d{1,3}(,\d{3})+\.\d+$/.test(plain)) return [Number(plain.replaceAll(",", ""))];
  if (/^-?\d{1,3}(\.\d{3})+,\d+$/.test(plain)) return [Number(plain.replaceAll(".", "").replace(",", "."))];
  if (/^-?\d{1,3}([.,])\d{3}(\1\d{3})+$/.test(plain)) return [Number(plain.replace(/[.,]/g, ""))];
  const [, first, mark, rest] = /^(-?\d+)([.,])(\d+)$/.exec(plain) ?? [];
  if (!mark) return [];
  const whole = rest.length === 3 && /^-?[1-9]\d{0,2}$/.test(first) ? [Number(first + rest)] : [];
  return whole.length && mark === groups ? whole : [...whole, Number(`${first}.${rest}`)];
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
