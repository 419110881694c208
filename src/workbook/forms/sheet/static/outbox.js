// What a form was given and no file holds yet: answers sent or refused, and answers only begun. It outlives the form,
// for the one that follows when a kernel dies or another person is chosen, and lies in memory only.

class Outbox {
  /** The outbox of one chapter of one engagement, in this window. */
  static open(place) {
    const all = (globalThis.soilAndSeedsOutboxes ??= new Map());
    if (!all.has(place)) all.set(place, new Outbox());
    return all.get(place);
  }

  constructor() {
    this.sent = new Map(); // "voice question" -> {voice, question, answer, base, earlier, number, failed, problems}
    this.begun = new Map(); // voice -> [[question, {answer, base}]]
  }

  /** Note an answer. The file may hold any of those before it that nobody was told about, or what stood before all. */
  put(voice, question, answer, base) {
    const key = `${voice} ${question}`;
    const before = this.sent.get(key);
    const earlier = before ? [...before.earlier, before.answer] : [];
    const entry = { voice, question, answer, base: before ? before.base : base, earlier, problems: null };
    this.sent.set(key, entry);
    return entry;
  }

  find(number) { return [...this.sent.values()].find((entry) => entry.number === number); }

  drop({ voice, question }) { this.sent.delete(`${voice} ${question}`); }

  /** What may still be saved by sending it again. */
  listWaiting() { return [...this.sent.values()].filter(({ problems }) => !problems); }

  listRefused() { return [...this.sent.values()].filter(({ problems }) => problems); }

  listAnswers(voice) {
    return Object.fromEntries([...this.sent.values()].filter((entry) => entry.voice === voice).map(({ question, answer }) => [question, answer]));
  }

  listProblems(voice) {
    return [...this.sent.values()].filter((entry) => entry.voice === voice).flatMap(({ problems }) => problems ?? []);
  }

  takeBegun(voice) {
    const found = this.begun.get(voice) ?? [];
    this.begun.delete(voice);
    return found;
  }

  get isEmpty() { return !this.sent.size; }
}
