const given = new WeakMap();

function give(element, behaviours) {
  const had = given.get(element) ?? new Set();
  given.set(element, had);
  for (const name of element.dataset.behaviour.split(/\s+/)) {
    if (behaviours[name] && !had.has(name)) {
      had.add(name);
      behaviours[name](element);
    }
  }
}

/**
 * Gives every element its behaviours, once each, in the order they are named; also in parts of a page that arrive later.
 * `behaviours` maps names to functions that take the element. A page's own module may call it with names of its own.
 */
export function start(behaviours) {
  const wake = (root) => {
    if (root.matches?.("[data-behaviour]")) give(root, behaviours);
    root.querySelectorAll("[data-behaviour]").forEach((element) => give(element, behaviours));
  };
  wake(document);
  document.addEventListener("htmx:load", (event) => wake(event.detail.elt));
}
