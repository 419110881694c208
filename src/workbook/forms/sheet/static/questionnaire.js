// The questionnaire: sheets, who answers, a draft in this browser, a file to send back. It comes after the
// renderer in one script, and its policy lets it send nothing anywhere.

const page = unpack(JSON.parse(document.getElementById("questionnaire").textContent));
const { words } = page;
if (page.follows) FIELDS.push("last_time");
const byId = (id) => document.getElementById(id);
const LONGEST_MAIL = 1500; // characters: longer ones are cut off by some mail programs
const PURPOSES = { role: "organization-title", name: "name", organisation: "organization" };
const PAUSE_BEFORE_DRAFT = 300; // milliseconds; and before news that is said again
const LIST_OPENS = 5000; // milliseconds within which a browser's list of downloads has opened

// ---- the draft

const drafts = new Drafts(page.engagement);
const marks = new Map(listAsked(page).map(({ id, mark }) => [id, mark]));
const draft = makeDraft();
// What was changed here since the draft was last kept: the rest may have been changed in another window of this form.
const changed = new Set();
let timer = 0;
let isAlone = true; // whether nobody had begun before this window was opened: a draft that comes is this person's
let isRefused = false;
let isKept = false; // whether it was said once that a draft is kept
let isUnsaved = false;

/** Show how the draft stands; only what is new to the person is heard, not that all goes on well. */
function showDraft(text, { isHeard = true } = {}) {
  byId("draft").setAttribute("aria-live", isHeard ? "polite" : "off");
  if (byId("draft").textContent !== text) byId("draft").textContent = text;
}

function makeDraft() { return { respondent: "", saved: 0, about: {}, consent: "", answers: {}, asked: {} }; }

/** Take over from a draft what was not changed here, and show it. */
function adopt(found) {
  const take = (kind, names) => names.filter((name) => !changed.has(`${kind} ${name}`)).forEach((name) => {
    if (name in found[kind]) draft[kind][name] = found[kind][name];
    else delete draft[kind][name];
  });
  take("about", FIELDS);
  take("answers", [...new Set([...Object.keys(draft.answers), ...Object.keys(found.answers)])]);
  draft.asked = { ...found.asked, ...draft.asked };
  draft.saved = Math.max(draft.saved, found.saved || 0);
  if (!changed.has("consent")) draft.consent = found.consent;
  fillAbout();
  const shown = listShown();
  sheets.forEach((sheet) => sheet.setAnswers(shown));
}

/** The answers of the draft that the questions of this form can show; the others stay in the draft. */
function listShown() {
  return Object.fromEntries(Object.entries(draft.answers).filter(([id]) => marks.has(id) && isOneScale(draft.asked[id], marks.get(id))));
}

function countHidden() { return Object.keys(draft.answers).filter((id) => marks.has(id)).length - Object.keys(listShown()).length; }

function keepDraft() {
  clearTimeout(timer);
  timer = 0;
  draft.respondent ||= makeRespondent();
  const found = drafts.find(draft.respondent);
  if (found) adopt(found);
  changed.clear();
  showProgress();
  try {
    drafts.keep(draft);
    const time = new Date().toLocaleTimeString(LANGUAGE, { hour: "2-digit", minute: "2-digit" });
    showDraft(say(words.draft_kept, { time }), { isHeard: isRefused || !isKept });
    isRefused = false;
    isKept = true;
  } catch {
    isRefused = true;
    showDraft(words.draft_refused);
  }
}

/** Another window of this form has kept its draft: show it here, but for what is being changed here. */
function showElsewhere({ key, newValue }) {
  if (!key?.startsWith(drafts.prefix) || !newValue) return;
  if (isAlone && !draft.respondent && !changed.size) draft.respondent = key.slice(drafts.prefix.length);
  if (key !== drafts.prefix + draft.respondent) return;
  const found = drafts.parse(newValue);
  if (!found) return;
  adopt(found);
  showProgress();
  showDraft(words.draft_elsewhere);
}

function keepDraftSoon(...what) {
  what.forEach((one) => changed.add(one));
  isUnsaved = true;
  clearTimeout(timer);
  timer = setTimeout(keepDraft, PAUSE_BEFORE_DRAFT);
}

// ---- whose draft it is

/** Go on with the draft of this tab; where others have begun before, ask who is here before any of it is shown. */
function begin() {
  const mine = drafts.find(drafts.recall());
  draft.about.role = page.role;
  if (mine) return goOn(drafts.prefix + drafts.recall(), mine);
  const found = drafts.list();
  isAlone = !found.length;
  byId("whose").hidden = !found.length;
  byId("whose-drafts").replaceChildren(...found.map(({ key, draft: one }) => {
    const button = make("button", { type: "button" }, describeDraft(one));
    button.addEventListener("click", () => { goOn(key, one); byId("about").focus(); });
    return make("li", {}, button);
  }));
  showDraft(words.draft_none, { isHeard: false });
  return undefined;
}

/** Name a draft by role and time, never by name or words. */
function describeDraft(one) {
  const day = one.kept ? new Date(one.kept).toLocaleString(LANGUAGE, { dateStyle: "long", timeStyle: "short" }) : "";
  const named = { role: one.about.role?.trim() || words.whose_nobody, count: Object.keys(one.answers).length, day };
  return say(day ? words.whose_draft : words.whose_undated, named);
}

function goOn(key, found) {
  draft.respondent = found.respondent || makeRespondent();
  byId("whose").hidden = true;
  adopt(found);
  if (drafts.isOlder(key)) {
    keepDraft();
    drafts.erase(key);
  }
  drafts.remember(draft.respondent);
  showProgress();
  const hidden = countHidden();
  showDraft(hidden ? `${words.draft_found} ${say(words.draft_changed, { count: hidden })}` : words.draft_found);
}

// ---- the form

let sheets = [];

function drawSheets() {
  sheets.forEach((sheet) => sheet.destroy());
  sheets = page.sheets.map((sheet) => renderSheet(byId(`sheet-${sheet.id}`), { ...sheet, anchor: sheet.id, words: page.sheet_words }, {
    answers: listShown(),
    onDraft(id, answer) {
      if (answer === null) delete draft.answers[id];
      else draft.answers[id] = answer;
      draft.asked[id] = marks.get(id);
      keepDraftSoon(`answers ${id}`);
    },
  }));
}

function showProgress() {
  const done = sheets.reduce((count, sheet) => count + Object.keys(sheet.listAnswers()).length, 0);
  const all = page.sheets.reduce((count, sheet) => count + sheet.questions.length, 0);
  byId("progress").textContent = say(words.progress, { done, all });
  showReach();
}

/** Say before the answers are saved where nobody has said how far they may go, or where a name is missing. */
function showReach() {
  const isNameless = draft.consent === "named" && !draft.about.name?.trim();
  const text = isNameless ? words.consent_nameless : draft.consent ? "" : words.consent_open;
  const place = byId("reach");
  if (place.dataset.text === text) return;
  place.dataset.text = text;
  const go = () => (isNameless ? byId("name") : document.getElementsByName("consent")[0]).focus();
  // What stands there while the page loads is for the eye; what changes later is heard too.
  if (isNameless || place.childNodes.length) place.setAttribute("role", "status");
  place.replaceChildren(...(text ? [text, " ", makeGo(isNameless ? words.to_name : words.to_consent, go)] : []));
}

function drawAbout() {
  const fields = FIELDS.map((name) => {
    const input = make("input", { type: "text", id: name, dir: "auto", maxlength: "300", autocomplete: PURPOSES[name] });
    const help = words[`${name}_help`] ? make("p", { class: "ss-help", id: `${name}-help` }, words[`${name}_help`]) : null;
    if (help) describe(input, [help.id]);
    return make("div", { class: "ss-question" }, make("label", { class: "ss-ask", for: name }, words[name]), help, input);
  });
  byId("about-form").replaceChildren(...fields, drawConsent());
  byId("role").setAttribute("aria-required", "true");
  byId("role").after(make("p", { class: "ss-error", id: "role-error", hidden: true }, words.role_missing));
  showRoleFault(false);
}

function drawConsent() {
  const levels = page.consent_levels.map(({ id, label, help }) => {
    const input = make("input", { type: "radio", name: "consent", id: `consent-${id}`, value: id });
    const meaning = make("p", { class: "ss-option-help", id: `consent-${id}-help` }, help);
    describe(input, [meaning.id]);
    return make("div", { class: "ss-option" }, input, make("div", {}, make("label", { for: input.id }, label), meaning));
  });
  const help = make("p", { class: "ss-help", id: "consent-help" }, words.consent_help);
  const first = levels[0].querySelector("input"); // where Tab enters, until one is chosen
  describe(first, ["consent-help", first.getAttribute("aria-describedby")]);
  const frame = make("fieldset", { class: "ss-frame" }, make("legend", { class: "ss-ask" }, words.consent), help, ...levels);
  return make("div", { class: "ss-question" }, frame);
}

function fillAbout() {
  FIELDS.forEach((name) => {
    const text = draft.about[name] ?? "";
    if (byId(name).value !== text) byId(name).value = text;
  });
  document.getElementsByName("consent").forEach((radio) => { radio.checked = radio.value === draft.consent; });
}

function listenToAbout() {
  FIELDS.forEach((name) => byId(name).addEventListener("input", () => {
    draft.about[name] = byId(name).value;
    if (name === "role" && draft.about.role.trim()) showRoleFault(false);
    keepDraftSoon(`about ${name}`);
  }));
  document.getElementsByName("consent").forEach((radio) => radio.addEventListener("change", () => {
    draft.consent = radio.value;
    keepDraftSoon("consent");
  }));
}

function showRoleFault(isMissing) {
  byId("role-error").hidden = !isMissing;
  if (isMissing) byId("role").setAttribute("aria-invalid", "true");
  else byId("role").removeAttribute("aria-invalid");
  describe(byId("role"), isMissing ? ["role-help", "role-error"] : ["role-help"]);
}

// ---- saving

function save({ withoutUnfinished = false } = {}) {
  sheets.forEach((sheet) => sheet.flush());
  if (timer) keepDraft();
  const problems = sheets.flatMap((sheet) => sheet.listUnfinished().map((problem) => ({ sheet, problem })));
  const isMissing = !byId("role").value.trim();
  showRoleFault(isMissing);
  sheets.forEach((sheet) => sheet.markProblems(problems.filter((one) => one.sheet === sheet).map((one) => one.problem)));
  const isStopped = isMissing || (problems.length > 0 && !withoutUnfinished);
  showProblems(isStopped ? problems : [], isMissing);
  byId("saved").textContent = "";
  byId("if-not").hidden = true;
  if (isStopped) return;
  draft.saved += 1;
  keepDraft();
  const text = `${JSON.stringify(gatherFile(withoutUnfinished), null, 1)}\n`;
  const blob = new Blob([text], { type: "application/json" });
  if (blob.size > LARGEST_FILE) {
    byId("saved").textContent = words.too_large;
    return;
  }
  download(blob);
  showSaved(text);
}

/** Say what should have happened, and offer the answers as text where it did not: nothing tells a page that it did. */
function showSaved(text) {
  drafts.remember("");
  byId("saved").textContent = say(words.saved, { file: page.file });
  sayOnReturn();
  byId("if-not").hidden = false;
  byId("as-text").value = text;
  const body = text.length <= LONGEST_MAIL ? text : words.mail_paste;
  byId("mail").href = `mailto:?subject=${encodeURIComponent(page.file)}&body=${encodeURIComponent(body)}`;
}

/** Say the news again where the browser's own list of downloads took the focus in its moment, once that is closed. */
function sayOnReturn() {
  const news = byId("saved");
  const again = () => {
    onfocus = null;
    const text = news.textContent;
    news.textContent = "";
    setTimeout(() => { news.textContent = text; }, PAUSE_BEFORE_DRAFT);
  };
  onblur = () => { onblur = null; onfocus = again; };
  setTimeout(() => { onblur = null; }, LIST_OPENS);
}

async function copyText() {
  const field = byId("as-text");
  field.closest("details").open = true;
  field.focus();
  field.select();
  let isCopied = false;
  try {
    await navigator.clipboard.writeText(field.value);
    isCopied = true;
  } catch {
    isCopied = document.execCommand("copy");
  }
  if (isCopied) isUnsaved = false;
  byId("copied").textContent = isCopied ? words.copied : words.copy_refused;
}

function showProblems(problems, isMissing) {
  const summary = byId("problems");
  summary.hidden = !isMissing && !problems.length;
  summary.replaceChildren();
  if (summary.hidden) return;
  const items = problems.map(({ sheet, problem }) => makeLink(sheet.describeProblem(problem), () => sheet.focusQuestion(problem.question, problem.inside)));
  if (isMissing) items.unshift(makeLink(words.role_missing, () => byId("role").focus()));
  const heading = isMissing ? words.look_again : words.look_again_unfinished;
  summary.append(make("p", { class: "ss-summary-title", id: "problems-title" }, heading), make("ul", {}, ...items.map((link) => make("li", {}, link))));
  if (!isMissing) {
    const rest = make("button", { type: "button", id: "save-rest" }, words.save_rest);
    rest.addEventListener("click", () => { save({ withoutUnfinished: true }); byId("saved").focus(); });
    summary.append(make("p", {}, words.save_rest_help), rest);
  }
  summary.focus();
}

function makeLink(text, follow) {
  const link = make("a", { href: "#problems" }, text);
  link.addEventListener("click", (event) => { event.preventDefault(); follow(); });
  return link;
}

/** A button that goes to a field, wherever on the page it is. */
function makeGo(text, follow) {
  const button = make("button", { type: "button", class: "ss-go" }, text);
  button.addEventListener("click", follow);
  return button;
}

function gatherFile(withoutUnfinished) {
  const about = Object.fromEntries(FIELDS.map((name) => [name, byId(name).value]));
  const answers = Object.assign({}, ...sheets.map((sheet) => (withoutUnfinished ? sheet.listSound() : sheet.listAnswers())));
  return writeAnswersFile(page, { about, consent: draft.consent, answers, respondent: draft.respondent, saved: draft.saved });
}

function download(blob) {
  const link = make("a", { href: URL.createObjectURL(blob), download: page.file });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

// ---- loading what was saved

let waiting = null; // a file's answers, while the person is asked

function drawLoad() {
  const input = make("input", { type: "file", id: "load", accept: ".json,application/json", "aria-describedby": "load-help" });
  input.addEventListener("change", () => input.files.length && load(input.files[0]));
  byId("load-help").after(input);
  byId("load-yes").addEventListener("click", () => takeOver(waiting));
  byId("load-no").addEventListener("click", () => showLoading({ loaded: words.load_kept }));
}

async function load(file) {
  const found = await readAnswersFile(page, file);
  byId("load").value = ""; // so that the same file can be chosen again
  const differing = found.refused ? [] : listDiffering(found);
  showLoading({ refused: found.refused, differing });
  if (differing.length) waiting = found;
  else if (!found.refused) takeOver(found);
}

/** Name what stands in the form and is something else in the file. */
function listDiffering({ about, consent, answers }) {
  const shown = listShown();
  const stands = { ...draft.about, role: draft.about.role === page.role ? "" : draft.about.role };
  const fields = FIELDS.filter((name) => about[name] && stands[name]?.trim() && stands[name].trim() !== about[name]);
  const asked = page.sheets.flatMap((sheet) => sheet.questions)
    .filter(({ id }) => id in answers && shown[id] && !isSame(answers[id], shown[id]));
  const levels = consent && draft.consent && consent !== draft.consent ? [words.consent] : [];
  return [...fields.map((name) => words[name]), ...levels, ...asked.map(({ group, text }) => (group ? `${group}: ${text}` : text))];
}

function takeOver({ about, consent, answers, lost, respondent, saved, isLast }) {
  if (respondent && respondent !== draft.respondent) {
    drafts.eraseOf(draft.respondent); // what it holds goes on under the mark that the file has
    draft.respondent = respondent;
  }
  draft.saved = Math.max(draft.saved, saved);
  Object.assign(draft.about, about);
  Object.assign(draft.answers, answers);
  Object.keys(answers).forEach((id) => { draft.asked[id] = marks.get(id); });
  draft.consent = consent || draft.consent;
  [...FIELDS.map((name) => `about ${name}`), ...Object.keys(answers).map((id) => `answers ${id}`), "consent"].forEach((one) => changed.add(one));
  drawAgain();
  keepDraft();
  const loaded = isLast ? words.loaded_last : say(words.loaded, { count: Object.keys(answers).length });
  showLoading({ loaded: lost ? `${loaded} ${say(words.load_lost, { count: lost })}` : loaded });
}

function showLoading({ refused = "", loaded = "", differing = [] }) {
  const input = byId("load");
  waiting = null;
  byId("load-error").hidden = !refused;
  byId("load-error").textContent = refused;
  if (refused) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
  describe(input, refused ? ["load-help", "load-error"] : ["load-help"]);
  byId("loaded").textContent = loaded;
  byId("load-which").replaceChildren(...differing.map((text) => make("li", {}, text)));
  byId("load-sure").hidden = !differing.length;
  byId(differing.length ? "load-no" : "load").focus();
}

// ---- forgetting

function drawAgain() {
  fillAbout();
  drawSheets();
  showProgress();
  showProblems([], false);
  showRoleFault(false);
}

function forget() {
  clearTimeout(timer);
  timer = 0;
  drafts.eraseOf(draft.respondent);
  drafts.remember("");
  changed.clear();
  Object.assign(draft, makeDraft());
  isUnsaved = false;
  byId("if-not").hidden = true;
  byId("as-text").value = "";
  showLoading({});
  drawAgain();
  askToForget(false);
  byId("saved").textContent = "";
  showDraft(words.forgotten);
}

function askToForget(isAsked) {
  byId("forget-sure").hidden = !isAsked;
  byId("forget").setAttribute("aria-expanded", String(isAsked));
  byId(isAsked ? "forget-no" : "forget").focus();
}

// ---- begin

drawLoad();
drawAbout();
fillAbout();
listenToAbout();
drawSheets();
begin();
fillAbout();
showProgress();
byId("whose-new").addEventListener("click", () => { byId("whose").hidden = true; byId("about").focus(); });
byId("copy").addEventListener("click", copyText);
byId("have-file").addEventListener("click", () => { isUnsaved = false; byId("copied").textContent = words.have_file_said; });
byId("hand-on").addEventListener("click", () => askToForget(true));
byId("save").addEventListener("click", () => save());
byId("print").addEventListener("click", () => window.print());
byId("forget").addEventListener("click", () => askToForget(byId("forget-sure").hidden));
byId("forget-yes").addEventListener("click", forget);
byId("forget-no").addEventListener("click", () => askToForget(false));
window.addEventListener("storage", showElsewhere);
window.addEventListener("pagehide", () => { if (timer) keepDraft(); });
document.addEventListener("visibilitychange", () => { if (timer && document.visibilityState === "hidden") keepDraft(); });
window.addEventListener("beforeunload", (event) => {
  sheets.forEach((sheet) => sheet.flush());
  if (timer) keepDraft();
  if (isRefused && isUnsaved) event.preventDefault();
});
