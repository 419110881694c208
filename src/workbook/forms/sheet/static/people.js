// Who answers, how far along they are, and what to do where one answer was changed twice: parts of the form in a notebook.

/** The fields that say who somebody is; `onDone` is given what they hold. */
function makeFields({ words, id: start, last = [] }, voice, button, onDone) {
  const input = (name, required) => make("input", { id: `${start}-${name}`, type: "text", name, required, autocomplete: "off", maxlength: "300", dir: "auto",
    "aria-describedby": words[`${name}_help`] ? `${start}-${name}-help` : null });
  const inputs = [["role", true], ["name", false], ["organisation", false]].map(([name, required]) => {
    const node = input(name, required);
    node.value = voice[name] ?? "";
    if (required) { node.pattern = ".*\\S.*"; node.title = words.in_words; }
    const help = words[`${name}_help`];
    return make("div", { class: "ss-field" }, make("label", { for: node.id }, words[name]), help ? make("p", { class: "ss-help", id: `${node.id}-help` }, help) : null, node);
  });
  const levels = Object.entries(words.consent).map(([level, text]) => {
    const radio = make("input", { type: "radio", name: `${start}-consent`, value: level, id: `${start}-consent-${level}`, required: true, checked: level === voice.consent });
    return make("div", { class: "ss-option" }, radio, make("label", { for: radio.id }, text));
  });
  const consent = make("fieldset", { class: "ss-frame" }, make("legend", {}, words.consent_title), make("p", { class: "ss-help" }, words.consent_help), ...levels);
  const before = makeBefore(words, `${start}-same_as`, last, voice.same_as);
  const form = make("form", { class: "ss-fields-form" }, ...inputs, before, consent, make("button", { type: "submit", class: "ss-button" }, button));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    form.querySelector("button").disabled = true;
    const given = new FormData(form);
    const same = before ? { same_as: given.get("same_as") } : {};
    onDone({ role: given.get("role"), name: given.get("name"), organisation: given.get("organisation"), ...same, consent: given.get(`${start}-consent`) });
  });
  return form;
}

/** Who somebody was in the last round, where there is one: it is said, never guessed. */
function makeBefore(words, id, last, now) {
  if (!last.length) return null;
  const options = [["", words.same_as_none], ...last.map((one) => [one.id, one.label])];
  const select = make("select", { id, name: "same_as", "aria-describedby": `${id}-help` }, ...options.map(([value, text]) => make("option", { value }, text)));
  select.value = now ?? "";
  return make("div", { class: "ss-field" }, make("label", { for: id }, words.same_as), make("p", { class: "ss-help", id: `${id}-help` }, words.same_as_help), select);
}

/** The ways through, a button each; `onChoose` is given the one that is pressed. */
function makeWays({ words, all, chosen }, here, onChoose) {
  const buttons = all.map(({ id, label, help }) => {
    const button = make("button", { type: "button", class: "ss-way-button", "aria-pressed": String(id === chosen), title: help }, label);
    button.addEventListener("click", () => onChoose(id));
    return button;
  });
  const left = here?.left ? make("p", { class: "ss-help" }, here.left === 1 ? words.left_one : say(words.left, { count: here.left })) : null;
  const nothing = here && !here.asked ? make("p", {}, words.nothing_here) : null;
  return [nothing, make("p", { class: "ss-choose" }, words.choose), make("div", { class: "ss-ways-row", role: "group", "aria-label": words.choose }, ...buttons),
    make("p", { class: "ss-help" }, all.find(({ id }) => id === chosen)?.help ?? "", " ", words.choose_help), left].filter(Boolean);
}

/**
 * Who answers. Going through the list changes nothing: `onLook` is told whether another than who answers `now` is chosen,
 * and `onChoose` who it is once the button is pressed.
 */
function makeWho(words, { id, options, now, help }, { onLook, onChoose }) {
  const select = make("select", { id, "aria-describedby": `${id}-help` }, ...options.map(([value, text]) => make("option", { value, disabled: value === "" }, text)));
  select.value = now;
  const button = make("button", { type: "button", class: "ss-button", hidden: true });
  button.addEventListener("click", () => {
    onChoose(select.value);
    button.hidden = document.activeElement !== button; // what has the focus stays until the form is drawn anew
  });
  select.addEventListener("change", () => {
    button.hidden = select.value === now;
    button.textContent = say(words.answer_as, { who: select.selectedOptions[0].text });
    onLook(!button.hidden);
  });
  return [...makeSearch(words, select), make("label", { for: id }, words.who), select, button, make("p", { class: "ss-help", id: `${id}-help` }, help)];
}

const MANY_PEOPLE = 12; // a list of more is searched by typing

/** A field that leaves in a list of people those whose name or role holds what is typed; nothing where they are few. */
function makeSearch(words, select) {
  const people = [...select.options];
  if (people.length <= MANY_PEOPLE) return [];
  const id = `${select.id}-search`;
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const found = make("p", { class: "ss-help", role: "status" });
  const input = make("input", { id, type: "search", autocomplete: "off", dir: "auto" });
  input.addEventListener("input", () => {
    const parts = fold(input.value).split(/\s+/);
    const chosen = select.value;
    // Whoever is chosen, and what is no person, stays in the list.
    const kept = people.filter((one) => one.value === chosen || /^(_.*|)$/.test(one.value) || parts.every((part) => fold(one.text).includes(part)));
    select.replaceChildren(...kept);
    select.value = chosen;
    hushLists(select.parentNode);
    const count = people.filter((one) => !/^(_.*|)$/.test(one.value) && parts.every((part) => fold(one.text).includes(part))).length;
    found.textContent = input.value.trim() ? say(words.found_people, { count }) : "";
  });
  return [make("label", { for: id }, words.find_person), input, found];
}

/** What stands above a sheet that is nobody's own. */
function drawTitle({ sheet }) { return [make("h2", {}, sheet.title), make("p", { class: "ss-help" }, sheet.why)]; }

/** Both answers where two people changed one, and a button for each. */
function makeConflict(words, { question, text, standing, now, other }, onKeep, onTake) {
  const [keep, take] = [[words.conflict_keep, onKeep], [words.conflict_take, onTake]].map(([label, go]) => {
    const button = make("button", { type: "button", class: "ss-button" }, label);
    button.addEventListener("click", go);
    return button;
  });
  return make("div", { class: "ss-conflict", role: "alert", "data-conflict": question }, make("h3", {}, words.conflict_title),
    make("p", {}, say(standing ? words.conflict : words.conflict_back, { question: text })),
    make("p", { class: "ss-said" }, say(words.conflict_now, { answer: now })),
    make("p", { class: "ss-said" }, say(words.conflict_other, { answer: other })), keep, " ", take);
}

/** How far along somebody is in the chapter that is open. */
function makeProgress(words, { voice }, here, sheet) {
  if (here && !here.asked) return [];
  if (!here) return sheet.questions.length ? [] : [make("p", { class: "ss-help" }, voice ? words.nothing_asked_chosen : words.nothing_asked)];
  if (!voice) return [];
  const text = say(words.progress, here);
  return [make("p", { class: "ss-count" }, text, " ", make("progress", { max: here.asked, value: here.answered, "aria-label": text }))];
}

/** How many facts are given of those asked for. */
function makeFactsCount(words, { answers }, { questions }) {
  const answered = questions.filter(({ id }) => id in answers).length;
  return make("p", { class: "ss-count" }, say(words.progress_facts, { answered, asked: questions.length }));
}

/** Every chapter with a link, and how far along somebody is in it. */
function makeChapterList(words, { voice, chapters }, here) {
  const items = chapters.map((chapter) => make("li", {},
    chapter === here ? make("strong", {}, `${chapter.title} (${words.here})`) : makeChapterLink(chapter, chapter.title),
    !chapter.asked ? ` (${words.chapter_not_asked})` : voice ? ` ${say(words.chapter_done, chapter)}` : null));
  return make("details", { class: "ss-chapters", open: !here }, make("summary", {}, words.chapters), make("ol", {}, ...items));
}

function makeChapterLink({ notebook }, text) { return make("a", { href: notebook, "data-notebook": notebook }, text); }
