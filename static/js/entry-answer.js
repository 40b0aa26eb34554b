/** Takes the server's answer to a save into a section of the page. */
import { isTouched, keepPending, noteRemoved, noteRestored, settle } from "./entry-pending.js";
import { arrange, cellsOf, findCell, findRow, hideRow, makeRow, retitle, setValue } from "./entry-rows.js";
import { boxAt, showConflict, showError } from "./entry-marks.js";

export function takeAnswer(section, sent, answer) {
  settle(section.pending, answer.revision);
  for (const [place, sentence] of Object.entries(answer.errors)) hold(section, sent, place, sentence);
  takeTheirs(section, answer.theirs);
  for (const conflict of answer.conflicts) ask(section, conflict);
  if (answer.answer && !("answer" in section.pending.dirty.head)) section.setHead("answer", answer.answer);
  section.isKept = keepPending(section.key, section.pending);
  if ("isFilled" in answer) showProgress(section.name, answer.isFilled);
  showWaiting(section);
}

/** What could not be kept stays in the box and in this browser, with the reason beside it. */
function hold(section, sent, place, sentence) {
  const box = boxAt(section.form, place);
  const [row, name] = place.split(".");
  if (!box || isTouched(section.pending, place)) return;
  section.pending.held[place] = row ? sent.rows[row][name] : sent.head[name];
  showError(section.form, place, sentence);
}

/** What others changed meanwhile appears in the boxes nobody types in here. */
function takeTheirs(section, theirs) {
  for (const [place, value] of Object.entries(theirs)) {
    if (isTouched(section.pending, place)) continue;
    const [key, name] = place.split(".");
    if (place === ".order") arrange(section.form, value);
    else if (!key) section.setHead(name, value);
    else takeRow(section, key, name, value);
  }
}

function takeRow(section, key, name, value) {
  const row = findRow(section.form, key) ?? makeRow(section.form, key, { open: false });
  if (name === "standing") row.dataset.origin = value;
  else if (!name) hideRow(row, value === "removed");
  else {
    const box = findCell(row, name);
    if (box) setValue(box, value);
    retitle(row);
  }
}

function ask(section, conflict) {
  const [key, name] = conflict.place.split(".");
  showConflict(section.form, conflict, section.says, {
    onMine: () => {
      const box = boxAt(section.form, conflict.place);
      if (name) section.note(box);
      else if (conflict.box === "removed") {
        noteRestored(section.pending, key);
        for (const cell of cellsOf(box)) section.note(cell);
      } else noteRemoved(section.pending, key);
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
