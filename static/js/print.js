/** Shows a print button, which has nothing to do before this script is there. */
export function print(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
