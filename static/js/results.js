/** Moves over the results of a page by the arrow keys; upwards from the first one back into the box. */
export function results(area) {
  const box = area.querySelector("input[type=search]");
  const links = [...area.querySelectorAll("a[data-result]")];
  document.addEventListener("keydown", (event) => {
    if (!["ArrowDown", "ArrowUp"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const here = document.activeElement;
    const at = links.indexOf(here);
    if (at < 0 && here?.getAttribute("type") !== "search") return;
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    if (next >= links.length || (at < 0 && next !== 0)) return;
    event.preventDefault();
    (links[next] ?? box).focus();
  });
}
