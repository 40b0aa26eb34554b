/** One section of the form: notes what changes, sends it, and takes in what comes back. */
import { isWaiting, keepPending, noteCell, noteConfirmed, noteHead, noteOrder, noteRemoved, noteRestored, readPending } from "./entry-pending.js";
import { newKey } from "./new-key.js";
import { arrange, cellsOf, findCell, findRow, hideRow, keysOf, makeRow, offerBack, retitle, setValue, valueOf } from "./entry-rows.js";
import { boxAt, clearError } from "./entry-marks.js";

export class Section {
  constructor(form, { store, says, onChange }) {
    Object.assign(this, { form, says, onChange, name: form.dataset.section, key: `${store}:${form.dataset.section}` });
    this.pending = readPending(this.key, Number(form.dataset.base));
    this.isKept = true;
    this.refusal = "";
    form.querySelector("[data-by-hand]").hidden = true;
    this.restore();
    form.addEventListener("input", (event) => this.typed(event.target));
    form.addEventListener("submit", (event) => this.pressed(event));
    form.addEventListener("keydown", (event) => event.key === "Enter" && event.target.matches("input") && event.preventDefault());
  }

  get isWaiting() {
    return isWaiting(this.pending);
  }

  get needsLook() {
    if (this.form.querySelector("[data-conflict]")) return this.says.choose;
    return this.form.querySelector("[aria-invalid=true]") ? this.says.mend : "";
  }

  /** Puts what this browser still held back into the page. */
  restore() {
    const { inflight, dirty, held } = this.pending;
    for (const part of [inflight, dirty]) if (part) this.replay(part);
    for (const [place, value] of Object.entries(held)) {
      const box = boxAt(this.form, place);
      if (!box) continue;
      setValue(box, value);
      this.note(box);
    }
  }

  replay({ head, rows: cells, removed, confirmed, order }) {
    for (const [name, value] of Object.entries(head)) this.setHead(name, value);
    for (const [key, values] of Object.entries(cells)) {
      const row = findRow(this.form, key) ?? makeRow(this.form, key);
      for (const [name, value] of Object.entries(values)) {
        const box = findCell(row, name);
        if (box) setValue(box, value);
      }
      retitle(row);
    }
    for (const key of removed) {
      const row = findRow(this.form, key);
      if (row) hideRow(row, true);
    }
    for (const key of confirmed) findRow(this.form, key)?.setAttribute("data-origin", "confirmed");
    if (order) arrange(this.form, order);
  }

  setHead(name, value) {
    for (const box of this.form.querySelectorAll(`[data-head="${name}"]`)) {
      if (box.type === "radio") box.checked = box.value === value;
      else box.value = value;
    }
  }

  typed(box) {
    if (!box.matches("[data-cell], [data-head]")) return;
    clearError(box);
    this.note(box);
    const row = box.closest("[data-row]");
    if (row) retitle(row);
    this.changed();
  }

  note(box) {
    const row = box.closest("[data-row]");
    if (!row) noteHead(this.pending, box.dataset.head, box.value);
    else {
      noteCell(this.pending, row.dataset.row, box.dataset.cell, valueOf(box));
      if (!row.dataset.origin) noteOrder(this.pending, keysOf(this.form));
      if (row.dataset.origin === "carried" || row.dataset.origin === "confirmed") row.dataset.origin = "changed";
    }
  }

  changed() {
    this.isKept = keepPending(this.key, this.pending);
    this.refusal = "";
    this.onChange(this);
  }

  /** Every button of the section; Enter in a box presses none of them. */
  pressed(event) {
    event.preventDefault();
    const button = event.submitter;
    if (!button) return;
    const row = button.closest("[data-row]");
    if (button.matches("[data-add]")) this.add();
    else if (row) this[button.dataset.rowAction](row);
    this.changed();
  }

  add() {
    const row = makeRow(this.form, newKey());
    cellsOf(row)[0].focus();
  }

  copy(row) {
    const twin = makeRow(this.form, newKey(), { after: row });
    for (const box of cellsOf(row)) setValue(findCell(twin, box.dataset.cell), valueOf(box));
    for (const box of cellsOf(twin)) this.note(box);
    retitle(twin);
    noteOrder(this.pending, keysOf(this.form));
    cellsOf(twin)[0].focus();
  }

  up(row) {
    const keys = keysOf(this.form);
    const at = keys.indexOf(row.dataset.row);
    if (at < 1) return;
    findRow(this.form, keys[at - 1]).before(row);
    noteOrder(this.pending, keysOf(this.form));
    row.querySelector("[data-row-action=up]").focus();
  }

  remove(row) {
    hideRow(row, true);
    noteRemoved(this.pending, row.dataset.row);
    offerBack(row, this.says, () => {
      noteRestored(this.pending, row.dataset.row);
      for (const box of cellsOf(row)) this.note(box);
      this.changed();
    });
  }

  confirm(row) {
    noteConfirmed(this.pending, row.dataset.row);
    row.dataset.origin = "confirmed";
    row.querySelector("details").open = false;
    row.querySelector("summary").focus();
  }
}
