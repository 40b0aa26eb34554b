/** Roster rows in the page: found, made, read and written. A row is the same here and as the server draws it. */

export const cellsOf = (row) => [...row.querySelectorAll("[data-cell]")];
export const rowsOf = (form) => [...form.querySelectorAll("[data-row]:not([data-gone])")];
export const keysOf = (form) => rowsOf(form).map((row) => row.dataset.row);
export const findRow = (form, key) => form.querySelector(`[data-row="${CSS.escape(key)}"]`);
export const findCell = (row, name) => row?.querySelector(`[data-cell="${CSS.escape(name)}"]`);

export const valueOf = (box) => (box.type === "checkbox" ? box.checked : box.value);

/** Writes a value into a box; "on" or true ticks it. */
export function setValue(box, value) {
  if (box.type === "checkbox") box.checked = value === true || value === "on";
  else box.value = value ?? "";
}

/** A new row at the end, or behind another. */
export function makeRow(form, key, { after = null, open = true } = {}) {
  const template = form.querySelector("template[data-blank]");
  const row = template.content.querySelector("[data-row]").cloneNode(true);
  row.dataset.row = key;
  row.id = `row-${key}`;
  row.querySelector("[name=rows]").value = key;
  for (const button of row.querySelectorAll("button[value]")) button.value = key;
  for (const box of cellsOf(row)) nameBox(box, key);
  row.querySelector("[data-photos]")?.setAttribute("href", `../activities/${key}/photos/`);
  row.querySelector("details").open = open;
  if (after) after.after(row);
  else form.querySelector("[data-roster]").append(row);
  return row;
}

function nameBox(box, key) {
  const name = box.dataset.cell;
  const id = `row-${key}-${name}`;
  box.id = id;
  box.name = `${key}.${name}`;
}

/** The title of a row follows its first box. */
export function retitle(row) {
  const [first] = cellsOf(row);
  row.querySelector("[data-called]").textContent = first.value;
}

/** Takes a row out of sight; `data-gone` marks it for everything that counts rows. */
export function hideRow(row, hidden) {
  row.toggleAttribute("data-gone", hidden);
  row.querySelector("details").hidden = hidden;
}

/** Says in the row's place that it was removed, with a way back that calls `onBack`. */
export function offerBack(row, says, onBack) {
  const line = document.createElement("p");
  line.className = "cluster row__gone";
  const back = document.createElement("button");
  back.type = "button";
  back.className = "button";
  back.textContent = says.back;
  back.addEventListener("click", () => {
    line.remove();
    hideRow(row, false);
    onBack();
  });
  line.append(`${says.gone} ${row.querySelector("[data-called]").textContent}`, back);
  row.append(line);
  back.focus();
}

/** Arranges the rows by a list of keys; rows it does not name stay behind. */
export function arrange(form, keys) {
  const list = form.querySelector("[data-roster]");
  for (const key of keys) {
    const row = findRow(form, key);
    if (row) list.append(row);
  }
  for (const row of list.querySelectorAll("[data-row]")) if (!keys.includes(row.dataset.row)) list.append(row);
}
