/** Lets a form be sent once at a time: its buttons rest and say that it is being sent until an answer is there. */
export function submitOnce(form) {
  const buttons = () => [...form.querySelectorAll("button:not([type=button])")];
  const words = new Map();

  const rest = (submitter) => {
    form.setAttribute("aria-busy", "true");
    for (const button of buttons()) button.disabled = true;
    if (submitter && form.dataset.busyText) {
      words.set(submitter, [...submitter.childNodes]);
      submitter.textContent = form.dataset.busyText;
    }
  };
  const wake = () => {
    form.removeAttribute("aria-busy");
    for (const button of buttons()) button.disabled = false;
    words.forEach((nodes, button) => button.replaceChildren(...nodes));
    words.clear();
  };

  form.addEventListener("submit", (event) => {
    if (form.getAttribute("aria-busy") === "true") {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    // After this event: a disabled button's own value would not be sent.
    setTimeout(() => {
      if (!event.defaultPrevented || form.matches(".htmx-request")) rest(event.submitter);
    });
  });
  form.addEventListener("htmx:afterRequest", wake);
  window.addEventListener("pageshow", (event) => event.persisted && wake());
}
