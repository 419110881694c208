// The file of answers that a questionnaire saves, and reads again when somebody goes on elsewhere. A file that comes
// back is doubted: only answers to questions asked here are taken, in the shape of their question, and words as text.

const FIELDS = ["role", "name", "organisation"]; // what it says of the person, besides consent
const LARGEST_FILE = 1024 * 1024; // what `workbook collect` takes

function writeAnswersFile(page, { about, consent, answers, respondent, saved }) {
  const said = FIELDS.map((name) => [name, about[name].replace(CONTROL, "").trim()]).filter(([, value]) => value);
  const now = new Date();
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  const head = { schema: page.schema, kind: page.kind, engagement: page.engagement, questionnaire: page.hash };
  const asked = Object.fromEntries(listAsked(page).map(({ id, mark }) => [id, mark]));
  return { ...head, ...Object.fromEntries(said), consent: consent || "none", date: day, respondent, saved, answers, asked };
}

/** Give each question back its mark, and the lists that several questions share. */
function unpack(page) {
  const shared = ["steps", "options", "rows", "help", "group", "text", "example"];
  const find = (one) => ({ kind: "scale", ...Object.fromEntries(Object.entries(one).map(([key, value]) => [key,
    shared.includes(key) && Number.isInteger(value) ? page.shared[value] : key === "columns" ? value.map((column) => ({ text: column.label, ...find(column) })) : value])) });
  for (const sheet of page.sheets) {
    const marks = sheet.marks.split(" ");
    sheet.questions = sheet.questions.map((asked, index) => ({ ...find(asked), mark: marks[index] }));
  }
  return page;
}

function listAsked(page) { return page.sheets.flatMap((sheet) => sheet.questions); }

/** Return {about, consent, answers, respondent, saved, lost: how many answers could not be taken whole}, or {refused: a sentence}. */
async function readAnswersFile(page, file) {
  if (file.size > LARGEST_FILE) return { refused: page.words.load_large };
  let data = null;
  try {
    data = JSON.parse(await file.text());
  } catch { /* Said below, as of any other file that is not one of ours. */ }
  if (!isMapping(data) || data.kind !== page.kind || data.schema !== page.schema) return { refused: page.words.load_strange };
  const isLast = Boolean(page.follows) && data.engagement === page.follows; // of what was answered then nothing is taken
  if (data.engagement !== page.engagement && !isLast) return { refused: page.words.load_elsewhere };
  const about = FIELDS.filter((name) => typeof data[name] === "string").map((name) => [name, cleanText(data[name]).trim()]);
  const who = { respondent: isRespondent(data.respondent) ? data.respondent : "", saved: Number.isInteger(data.saved) && data.saved > 0 ? data.saved : 0 };
  const found = { about: Object.fromEntries(about.filter(([, text]) => text)), ...who };
  if (isLast) return { ...found, consent: "", saved: 0, answers: {}, lost: 0, isLast };
  return { ...found, consent: takeConsent(page, data), ...takeAnswers(page, data.answers, data.asked) };
}

function takeAnswers(page, given, marks) {
  if (!isMapping(given)) return { answers: {}, lost: 0 };
  const before = isMapping(marks) ? marks : {};
  const answers = {};
  let whole = 0;
  for (const asked of listAsked(page)) {
    if (Object.hasOwn(before, asked.id) && !isOneScale(String(before[asked.id]), asked.mark)) continue;
    const found = Object.hasOwn(given, asked.id) && isMapping(given[asked.id]) ? given[asked.id] : {};
    const value = takeValue(asked, found.value);
    if (value === undefined) continue;
    const note = typeof found.note === "string" ? cleanText(found.note) : "";
    const consent = takeConsent(page, found);
    answers[asked.id] = { value, ...(note ? { note } : {}), ...(consent ? { consent } : {}) };
    if (isSame(answers[asked.id], found)) whole += 1;
  }
  return { answers, lost: Object.keys(given).length - whole };
}

function takeConsent(page, { consent }) {
  return page.consent_levels.some(({ id }) => id === consent) ? consent : "";
}

/** Return what of a value this question can show; undefined for nothing. */
function takeValue(asked, given) {
  if (given === UNSURE) return UNSURE;
  switch (asked.kind) {
    case "scale":
    case "choice": return listSteps(asked).some(({ id }) => id === given) ? given : undefined;
    case "choices": return takeList(given, (list) => asked.options.map(({ id }) => id).filter((id) => list.includes(id)));
    case "number":
    case "money": return Number.isFinite(given) ? given : undefined;
    case "date": return isDay(given) ? given : undefined;
    case "points": return takeParts(asked.options, given, (_, points) => (Number.isFinite(points) ? points : undefined));
    case "matrix": return takeParts(asked.rows, given, (_, row) => (row === UNSURE ? UNSURE : takeParts(asked.columns, row, takeValue)));
    case "table": return takeList(given, (list) => list.slice(0, MOST_ROWS).map((row) => takeParts(asked.columns, row, takeValue)).filter(Boolean));
    default: return typeof given === "string" && given.trim() ? cleanText(given) : undefined;
  }
}

function takeList(given, take) {
  const taken = Array.isArray(given) ? take(given) : [];
  return taken.length ? taken : undefined;
}

function takeParts(parts, given, take) {
  const known = isMapping(given) ? parts.filter(({ id }) => Object.hasOwn(given, id)) : [];
  const taken = known.map((part) => [part.id, take(part, given[part.id])]).filter(([, value]) => value !== undefined);
  return taken.length ? Object.fromEntries(taken) : undefined;
}

function isDay(given) {
  const input = make("input", { type: "date" });
  input.value = typeof given === "string" ? given : "";
  return input.value !== "" && input.value === given;
}

function isSame(one, other) {
  try {
    return canonical(one) === canonical(other);
  } catch {
    return false; // a file may nest deeper than anything can follow
  }
}
