// Who sits in front of this window, kept for this window alone: another may be another person's. The group's seat is
// nobody's to wake up in: after the server was started again, and after an hour without a hand on it, it is left.

const GROUP = "_agreed";
const HOUR = 60 * 60 * 1000;

function recall(key) {
  try { return sessionStorage.getItem(key); } catch { return null; }
}

function remember(key, value) {
  try { sessionStorage.setItem(key, value); } catch { /* a browser may refuse; the person chooses again */ }
}

class Seat {
  /** `run` names the server that is running. */
  constructor(slug, run) {
    this.key = `soil-and-seeds:voice:${slug}`;
    this.run = run;
  }

  recall() {
    const voice = recall(this.key) || null;
    return voice === GROUP && this.isStale() ? null : voice;
  }

  take(voice) {
    remember(this.key, voice ?? "");
    if (voice === GROUP) this.touch();
  }

  /** Note that somebody's hand is on the group's form. */
  touch() { remember(`${this.key}:group`, `${this.run} ${Date.now()}`); }

  /** Whether the group's seat is to be left. */
  isStale() {
    const [run, since] = (recall(`${this.key}:group`) ?? "").split(" ");
    return run !== String(this.run) || Date.now() - Number(since) > HOUR;
  }
}
