/** Takes the server's answer to a save into a section of the page. */
import * as pending from "./entry-pending.js";
import * as rows from "./entry-rows.js";
import { boxAt, showConflict, showError } from "./entry-marks.js";

export function takeAnswer(section, sent, answer) {
  pending.settle(section.pending, answer.revision);
  for (const [place, sentence] of Object.entries(answer.errors)) hold(section, sent, place, sentence);
  takeTheirs(section, answer.theirs);
  for (const conflict of answer.conflicts) ask(section, conflict);
  if (answer.answer && !("answer" in section.pending.dirty.head)) section.setHead("answer", answer.answer);
  section.isKept = pending.keepPending(section.key, section.pending);
  if ("isFilled" in answer) showProgress(section.name, answer.isFilled);
  showWaiting(section);
}

/** What could not be kept stays in the box and in this browser, with the reason beside it. */
function hold(section, sent, place, sentence) {
  const box = boxAt(section.form, place);
  const [row, name] = place.split(".");
  if (!box || pending.isTouched(section.pending, place)) return;
  section.pending.held[place] = row ? sent.rows[row][name] : sent.head[name];
  showError(section.form, place, sentence);
}

/** What others changed meanwhile appears in the boxes nobody types in here. */
function takeTheirs(section, theirs) {
  for (const [place, value] of Object.entries(theirs)) {
    if (pending.isTouched(section.pending, place)) continue;
    const [key, name] = place.split(".");
    if (place === ".order") rows.arrange(section.form, value);
    else if (!key) section.setHead(name, value);
    else takeRow(section, key, name, value);
  }
}

function takeRow(section, key, name, value) {
  const row = rows.findRow(section.form, key) ?? rows.makeRow(section.form, key, { open: false });
  if (name === "standing") row.dataset.origin = value;
  else if (!name) rows.hideRow(row, value === "removed");
  else {
    const box = rows.findCell(row, name);
    if (box) rows.setValue(box, value);
    rows.retitle(row);
  }
}

function ask(section, conflict) {
  const [key, name] = conflict.place.split(".");
  showConflict(section.form, conflict, section.says, {
    onMine: () => {
      const box = boxAt(section.form, conflict.place);
      if (name) section.note(box);
      else if (conflict.box === "removed") {
        pending.noteRestored(section.pending, key);
        for (const cell of rows.cellsOf(box)) section.note(cell);
      } else pending.noteRemoved(section.pending, key);
      section.changed();
    },
    onTheirs: () => {
      if (!key) section.setHead(name, conflict.box);
      else takeRow(section, key, name, conflict.box);
      section.onChange(section);
    },
  });
}

function showProgress(topic, isFilled) {
  const link = document.querySelector(`[data-progress="${topic}"]`);
  if (link) link.dataset.filled = isFilled ? "yes" : "no";
}

/** The sentence about rows of the last round goes when none waits any more. */
function showWaiting(section) {
  const line = section.form.querySelector("[data-waiting]");
  if (line) line.hidden = !section.form.querySelector("[data-origin=carried]:not([data-gone])");
}
