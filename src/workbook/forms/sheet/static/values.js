// Values compared, and put into words.

const UNSURE = "unsure";
const LANGUAGE = findLanguage();

/** The page's language, for numbers and times; English where the page says nothing that a browser knows. */
function findLanguage() {
  const lang = document.documentElement.lang;
  try {
    return lang && lang !== "en" && Intl.NumberFormat.supportedLocalesOf(lang).length ? lang : "en-GB";
  } catch {
    return "en-GB";
  }
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
  return value.toLocaleString(LANGUAGE, { maximumFractionDigits: 6 });
}

function canonical(value) {
  return JSON.stringify(value, (_, inner) => (isMapping(inner)
    ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner));
}
