/** One section of the form: notes what changes, sends it, and takes in what comes back. */
import * as pending from "./entry-pending.js";
import * as rows from "./entry-rows.js";
import { boxAt, clearError } from "./entry-marks.js";

export class Section {
  constructor(form, { store, says, onChange }) {
    Object.assign(this, { form, says, onChange, name: form.dataset.section, key: `${store}:${form.dataset.section}` });
    this.pending = pending.readPending(this.key, Number(form.dataset.base));
    this.isKept = true;
    this.refusal = "";
    form.querySelector("[data-by-hand]").hidden = true;
    this.restore();
    form.addEventListener("input", (event) => this.typed(event.target));
    form.addEventListener("submit", (event) => this.pressed(event));
    form.addEventListener("keydown", (event) => event.key === "Enter" && event.target.matches("input") && event.preventDefault());
  }

  get isWaiting() {
    return pending.isWaiting(this.pending);
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
      rows.setValue(box, value);
      this.note(box);
    }
  }

  replay({ head, rows: cells, removed, confirmed, order }) {
    for (const [name, value] of Object.entries(head)) this.setHead(name, value);
    for (const [key, values] of Object.entries(cells)) {
      const row = rows.findRow(this.form, key) ?? rows.makeRow(this.form, key);
      for (const [name, value] of Object.entries(values)) {
        const box = rows.findCell(row, name);
        if (box) rows.setValue(box, value);
      }
      rows.retitle(row);
    }
    for (const key of removed) {
      const row = rows.findRow(this.form, key);
      if (row) rows.hideRow(row, true);
    }
    for (const key of confirmed) rows.findRow(this.form, key)?.setAttribute("data-origin", "confirmed");
    if (order) rows.arrange(this.form, order);
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
    if (row) rows.retitle(row);
    this.changed();
  }

  note(box) {
    const row = box.closest("[data-row]");
    if (!row) pending.noteHead(this.pending, box.dataset.head, box.value);
    else {
      pending.noteCell(this.pending, row.dataset.row, box.dataset.cell, rows.valueOf(box));
      if (!row.dataset.origin) pending.noteOrder(this.pending, rows.keysOf(this.form));
      if (row.dataset.origin === "carried" || row.dataset.origin === "confirmed") row.dataset.origin = "changed";
    }
  }

  changed() {
    this.isKept = pending.keepPending(this.key, this.pending);
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
    const row = rows.makeRow(this.form, pending.newKey());
    rows.cellsOf(row)[0].focus();
  }

  copy(row) {
    const twin = rows.makeRow(this.form, pending.newKey(), { after: row });
    for (const box of rows.cellsOf(row)) rows.setValue(rows.findCell(twin, box.dataset.cell), rows.valueOf(box));
    for (const box of rows.cellsOf(twin)) this.note(box);
    rows.retitle(twin);
    pending.noteOrder(this.pending, rows.keysOf(this.form));
    rows.cellsOf(twin)[0].focus();
  }

  up(row) {
    const keys = rows.keysOf(this.form);
    const at = keys.indexOf(row.dataset.row);
    if (at < 1) return;
    rows.findRow(this.form, keys[at - 1]).before(row);
    pending.noteOrder(this.pending, rows.keysOf(this.form));
    row.querySelector("[data-row-action=up]").focus();
  }

  remove(row) {
    rows.hideRow(row, true);
    pending.noteRemoved(this.pending, row.dataset.row);
    rows.offerBack(row, this.says, () => {
      pending.noteRestored(this.pending, row.dataset.row);
      for (const box of rows.cellsOf(row)) this.note(box);
      this.changed();
    });
  }

  confirm(row) {
    pending.noteConfirmed(this.pending, row.dataset.row);
    row.dataset.origin = "confirmed";
    row.querySelector("details").open = false;
    row.querySelector("summary").focus();
  }
}
