/** What is said beside a box: why it cannot be kept, and whose of two values to keep. */
import { findCell, findRow } from "./entry-rows.js";

/** The box of a place, or the row when the place is a whole row. */
export function boxAt(form, place) {
  const [key, name] = place.split(".");
  if (!key) return form.querySelector(`[data-head="${CSS.escape(name)}"]`);
  const row = findRow(form, key);
  return name ? findCell(row, name) : row;
}

const fieldOf = (box) => box.closest(".field, .row__tick, [data-row]");

/** The line that says what is wrong with a box; made when the box has none yet. */
function lineOf(box) {
  const found = fieldOf(box).querySelector("[data-error]");
  if (found) return found;
  const line = document.createElement("span");
  [line.className, line.id, line.dataset.error] = ["field__errors", `${box.id}-error`, ""];
  box.before(line);
  return line;
}

export function showError(form, place, sentence) {
  const box = boxAt(form, place);
  if (!box) return;
  const line = lineOf(box);
  line.textContent = sentence;
  box.setAttribute("aria-invalid", "true");
  box.setAttribute("aria-describedby", line.id);
  const details = box.closest("details");
  if (details) details.open = true;
}

export function clearError(box) {
  if (box.getAttribute("aria-invalid") !== "true") return;
  box.setAttribute("aria-invalid", "false");
  const line = fieldOf(box).querySelector("[data-error]");
  if (line) line.textContent = "";
}

/** Shows both values of a conflict; `onMine` and `onTheirs` are called with the conflict when one is chosen. */
export function showConflict(form, conflict, says, { onMine, onTheirs }) {
  const box = boxAt(form, conflict.place);
  if (!box) return;
  const field = box.matches("[data-row]") ? box : fieldOf(box);
  field.querySelector(":scope > [data-conflict]")?.remove();
  const choice = document.createElement("div");
  choice.className = "notice notice--warning conflict";
  choice.dataset.conflict = conflict.place;
  choice.setAttribute("role", "group");
  choice.setAttribute("aria-label", says.choose);
  const told = document.createElement("p");
  told.textContent = `${says.choose} (${conflict.label}) · ${conflict.who}`;
  choice.append(told, offer(says.mine, conflict.yours, () => onMine(conflict)), offer(says.theirs, conflict.theirs, () => onTheirs(conflict)));
  for (const button of choice.querySelectorAll("button")) button.addEventListener("click", () => choice.remove());
  field.append(choice);
  const details = box.closest("details");
  if (details) details.open = true;
}

function offer(label, value, onClick) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = `${label}: ${value}`;
  button.addEventListener("click", onClick);
  return button;
}
