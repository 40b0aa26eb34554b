/** The entry page: sections save themselves, one at a time, and the bar at the foot says the truth about it. */
import { start } from "./behaviours.js";
import { takeAnswer } from "./entry-answer.js";
import { nextSave } from "./entry-pending.js";
import { Section } from "./entry-section.js";

const TYPING_PAUSE = 1200;
const RETRIES = [2000, 4000, 8000, 15000, 30000];

class Entry {
  constructor(page) {
    this.page = page;
    this.says = says(page.dataset);
    this.bar = page.querySelector("[data-state]");
    this.failures = 0;
    this.isSending = false;
    this.needsLogin = false;
    this.savedAt = "";
    const options = { store: page.dataset.store, says: this.says, onChange: () => this.wait() };
    this.sections = [...page.querySelectorAll("form[data-section]")].map((form) => new Section(form, options));
    page.addEventListener("change", () => this.soon(200));
    page.addEventListener("click", (event) => this.leave(event));
    window.addEventListener("online", () => this.soon(0));
    document.addEventListener("visibilitychange", () => this.soon(0));
    window.addEventListener("beforeunload", (event) => this.isUnsafe && event.preventDefault());
    this.show();
    this.soon(0);
  }

  /** Something would be lost with this page: it waits and this browser keeps nothing. */
  get isUnsafe() {
    return this.sections.some((section) => section.isWaiting && !section.isKept);
  }

  get waiting() {
    return this.sections.filter((section) => section.isWaiting && !section.refusal);
  }

  wait() {
    this.show();
    this.soon(TYPING_PAUSE);
  }

  soon(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), delay);
  }

  async send() {
    const [section] = this.waiting;
    if (this.isSending || !section) return this.show();
    this.isSending = true;
    this.show();
    const save = nextSave(section.pending, section.name);
    const answer = await this.post(save);
    this.isSending = false;
    if (answer === null) return this.retry();
    this.failures = 0;
    if (answer.refused) section.refusal = answer.refused;
    else {
      takeAnswer(section, save, answer);
      this.savedAt = answer.saved;
    }
    this.show();
    return this.waiting.length ? this.soon(0) : this.goOn();
  }

  /** The answer as JSON; null when there is none: no network, no server, no session. */
  async post(save) {
    const token = this.page.querySelector("[name=csrfmiddlewaretoken]").value;
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token, Accept: "application/json" };
    try {
      const response = await fetch(this.page.dataset.url, { method: "POST", headers, body: JSON.stringify(save), redirect: "manual" });
      this.needsLogin = response.type === "opaqueredirect" || response.status === 403;
      if (response.status === 404) return { refused: this.says.closed };
      return [200, 409, 422].includes(response.status) ? await response.json() : null;
    } catch {
      this.needsLogin = false;
      return null;
    }
  }

  retry() {
    this.show();
    this.soon(RETRIES[Math.min(this.failures, RETRIES.length - 1)]);
    this.failures += 1;
  }

  show() {
    const [text, state] = this.truth();
    if (this.bar.dataset.state === state && this.bar.firstChild?.textContent === text) return;
    this.bar.dataset.state = state;
    this.bar.replaceChildren(text);
    if (state === "login") this.offer(this.page.dataset.login, this.says.loginLink);
    const look = state === "look" && this.page.querySelector("[data-conflict] button, [aria-invalid=true]");
    if (look) this.offer(`#${look.id || look.closest("[id]").id}`, this.says.show);
  }

  offer(href, text) {
    const link = document.createElement("a");
    [link.href, link.textContent] = [href, text];
    this.bar.append(" ", link);
  }

  truth() {
    const refusal = this.sections.find((section) => section.refusal)?.refusal;
    if (refusal) return [`${this.says.refused}: ${refusal}`, "refused"];
    if (this.isUnsafe) return [this.says.lost, "lost"];
    if (this.needsLogin) return [this.says.login, "login"];
    if (this.waiting.length) {
      if (this.isSending && this.failures === 0) return [this.says.sending, "sending"];
      return this.failures ? [this.says.kept, "kept"] : [this.says.typing, "typing"];
    }
    const look = this.sections.map((section) => section.needsLook).find(Boolean);
    if (look) return [look, "look"];
    return [this.savedAt ? `${this.says.saved} ${this.savedAt}` : this.says.none, "saved"];
  }

  /** Going on (to send, to photos) waits until everything is saved; what needs a look comes first. */
  leave(event) {
    const link = event.target.closest("[data-leave]");
    if (!link || !this.waiting.length) return;
    event.preventDefault();
    this.goesTo = link.href;
    this.soon(0);
  }

  goOn() {
    if (this.goesTo && !this.sections.some((section) => section.needsLook)) window.location.assign(this.goesTo);
    this.goesTo = "";
  }
}

function says(data) {
  const found = Object.entries(data).filter(([name]) => name.startsWith("says"));
  return Object.fromEntries(found.map(([name, text]) => [name[4].toLowerCase() + name.slice(5), text]));
}

start({ entry: (page) => new Entry(page) });
