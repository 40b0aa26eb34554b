/** Asks before a form is sent. Without a <dialog> in the browser the form is sent as it is. */
export function confirm(form) {
  const template = document.getElementById("confirm-dialog");
  if (!template || typeof HTMLDialogElement === "undefined") return;
  let agreed = false;

  form.addEventListener(
    "submit",
    (event) => {
      if (agreed) {
        agreed = false;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      const submitter = event.submitter;
      ask(template, form.dataset, () => {
        agreed = true;
        form.requestSubmit(submitter);
      });
    },
    { capture: true },
  );
}

function ask(template, { confirmText, confirmLabel, confirmKind }, onAgreed) {
  const dialog = template.content.firstElementChild.cloneNode(true);
  const yes = dialog.querySelector("[value=confirm]");
  dialog.querySelector("p").textContent = confirmText;
  if (confirmLabel) yes.textContent = confirmLabel;
  if (confirmKind === "danger") yes.classList.replace("button--primary", "button--danger");
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (dialog.returnValue === "confirm") onAgreed();
  });
  document.body.append(dialog);
  dialog.showModal();
}
