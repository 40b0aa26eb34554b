/** In a list of forms that htmx sends: says beside a form that nothing was saved, where no answer came. */
import { start } from "./behaviours.js";

const FAILURES = ["htmx:sendError", "htmx:timeout", "htmx:responseError", "htmx:sendAbort"];

function unsent(list) {
  const notice = (event) => event.target.closest("li")?.querySelector("[data-unsent]");
  for (const name of FAILURES) {
    list.addEventListener(name, (event) => {
      const said = notice(event);
      if (said) said.hidden = false;
    });
  }
  list.addEventListener("htmx:beforeRequest", (event) => {
    const said = notice(event);
    if (said) said.hidden = true;
  });
}

start({ unsent });
