/** Moves the focus to a field by one key, unless the person is typing somewhere or the field is not shown. */
export function shortcut(field) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== field.dataset.shortcut || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable], dialog") || !field.checkVisibility()) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}
