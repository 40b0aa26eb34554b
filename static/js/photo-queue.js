/**
 * Sends many photos one by one, each made smaller first and under a key of its own, so that a repeat is harmless. A bad
 * one says why and costs no other; what got no answer can be sent again.
 */
import { start } from "./behaviours.js";
import { newKey } from "./new-key.js";
import { shrink } from "./shrink.js";

const PAUSES = [0, 2000, 6000];

class Queue {
  constructor(section) {
    this.section = section;
    this.form = section.querySelector("form");
    this.input = this.form.querySelector("input[type=file]");
    this.list = section.querySelector("[data-files]");
    this.progress = section.querySelector("[data-progress]");
    this.after = section.querySelector("[data-after]");
    this.waiting = [];
    this.sent = 0;
    this.total = 0;
    this.form.addEventListener("submit", (event) => this.take(event), { capture: true });
    section.querySelector("[data-again]").addEventListener("click", () => this.run());
    window.addEventListener("beforeunload", (event) => this.busy && event.preventDefault());
  }

  /** What the form would send goes into the queue. */
  take(event) {
    if (!this.input.files.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    for (const file of this.input.files) this.add(file);
    this.input.value = "";
    this.run();
  }

  add(file) {
    const line = document.createElement("li");
    const [name, state] = [document.createElement("span"), document.createElement("span")];
    name.textContent = file.name;
    state.textContent = this.section.dataset.saysWaiting;
    line.append(name, state);
    this.list.append(line);
    this.waiting.push({ file, key: newKey(), state });
    this.total += 1;
  }

  async run() {
    if (this.busy) return;
    this.busy = true;
    this.after.hidden = true;
    const left = [];
    for (let one = this.waiting.shift(); one; one = this.waiting.shift()) {
      this.show();
      one.state.textContent = this.section.dataset.saysSending;
      if (await this.send(one)) this.sent += 1;
      else left.push(one);
    }
    this.show();
    this.waiting = left;
    this.busy = false;
    const bad = this.list.querySelector("[data-bad]");
    if (!left.length && !bad) window.location.reload();
    else this.after.hidden = false;
    this.section.querySelector("[data-again]").hidden = !left.length;
  }

  /** True when the server has judged the photo, kept or not; false when it should be sent again. */
  async send({ file, key, state }) {
    const body = new FormData(this.form);
    const picture = await shrink(file).catch(() => file);
    const { mostBytes, saysLarge } = this.section.dataset;
    if (picture.size > Number(mostBytes)) return this.judged(state, saysLarge);
    body.set("key", key);
    body.set("photos", picture, file.name);
    for (const pause of PAUSES) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      try {
        const answer = await fetch(this.form.action, { method: "POST", body, headers: { Accept: "application/json" } });
        if (answer.redirected || answer.status === 403) return this.say(state, this.section.dataset.saysSignIn);
        if (answer.status === 201 || answer.status === 422) return this.judged(state, (await answer.json()).said);
      } catch {
        // No answer: again after a pause.
      }
    }
    return this.say(state, this.section.dataset.saysUnsent);
  }

  say(state, text) {
    state.textContent = text;
    return false;
  }

  judged(state, problem) {
    state.textContent = problem || this.section.dataset.saysKept;
    if (problem) state.dataset.bad = "";
    return true;
  }

  show() {
    this.progress.hidden = false;
    const bar = this.progress.querySelector("progress");
    [bar.max, bar.value] = [this.total, this.sent];
    this.progress.querySelector("output").textContent = `${this.sent} / ${this.total}`;
  }
}

start({ "photo-queue": (section) => new Queue(section) });
