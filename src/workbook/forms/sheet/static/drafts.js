// The drafts that this browser keeps, one for each person who has begun. A draft belongs to the engagement and not to
// one form: a corrected form, or one that asks other chapters, goes on with it and leaves what it does not ask alone.

const MINE = "whose"; // which draft this tab goes on with; no person's mark is that short
const OLDER = /^[0-9a-f]{12}$/; // a draft was kept under its form's hash once

class Drafts {
  constructor(engagement) { this.prefix = `soil-and-seeds/${engagement}/`; }

  /** Every draft there is, the one kept last first. */
  list() {
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.prefix));
      const found = keys.map((key) => ({ key, draft: this.read(key) })).filter(({ draft }) => draft);
      return found.sort((one, other) => (other.draft.kept ?? "").localeCompare(one.draft.kept ?? ""));
    } catch {
      return [];
    }
  }

  read(key) { return this.parse(localStorage.getItem(key)); }

  parse(text) {
    try {
      const found = JSON.parse(text);
      return isMapping(found) && isMapping(found.about) && isMapping(found.answers) ? found : null;
    } catch {
      return null;
    }
  }

  find(respondent) {
    try {
      return respondent ? this.read(this.prefix + respondent) : null;
    } catch {
      return null;
    }
  }

  /** Keep a draft; throws where the browser keeps nothing. */
  keep(draft) {
    localStorage.setItem(this.prefix + draft.respondent, JSON.stringify({ ...draft, kept: new Date().toISOString() }));
    this.remember(draft.respondent);
  }

  erase(key) {
    try {
      localStorage.removeItem(key);
    } catch { /* Nothing was kept where nothing may be read. */ }
  }

  eraseOf(respondent) { if (respondent) this.erase(this.prefix + respondent); }

  isOlder(key) { return OLDER.test(key.slice(this.prefix.length)); }

  /** Let this tab go on with a draft when it is loaded again, until its answers are saved. */
  remember(respondent) {
    try {
      if (respondent) sessionStorage.setItem(this.prefix + MINE, respondent);
      else sessionStorage.removeItem(this.prefix + MINE);
    } catch { /* It is asked again then. */ }
  }

  recall() {
    try {
      return sessionStorage.getItem(this.prefix + MINE) ?? "";
    } catch {
      return "";
    }
  }
}

/** A mark by which this person's files are known to be one person's: random, and made of nothing about them. */
function makeRespondent() {
  return [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function isRespondent(text) { return typeof text === "string" && /^[a-z0-9]{8,40}$/.test(text); }

/** Whether an answer to the question marked `before` can be shown as one to the question marked `now`. */
function isOneScale(before, now) { return !before || !now || before === "earlier" || before.split("-")[1] === now.split("-")[1]; }
