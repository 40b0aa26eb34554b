/** Copies the text of the element named by `data-copy-target` and says so in the status beside the button. */
export function copy(button) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copyTarget);
    const status = button.parentElement.querySelector("[role=status]");
    if (await copied(source)) status.textContent = button.dataset.copiedText;
    else select(source);
  });
}

async function copied(source) {
  try {
    await navigator.clipboard.writeText(source.textContent.trim());
    return true;
  } catch {
    // No clipboard on a plain-http address: the older way, on the selected text.
    select(source);
    return document.execCommand("copy");
  }
}

function select(source) {
  getSelection().selectAllChildren(source);
}
