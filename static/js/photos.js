/** Sends the photo of an activity as soon as it is chosen, made smaller first. */
import { start } from "./behaviours.js";
import { shrink } from "./shrink.js";

/** On the section around the upload form. A file the browser cannot read is sent as it is; the server judges. */
function photos(section) {
  const form = section.querySelector("form");
  const input = form.querySelector("input[type=file]");
  const progress = section.querySelector("[data-progress]");
  input.addEventListener("change", async () => {
    const [file] = input.files;
    if (!file) return;
    progress.textContent = section.dataset.saysShrinking;
    try {
      const smaller = new DataTransfer();
      smaller.items.add(await shrink(file));
      input.files = smaller.files;
    } catch {
      // Not a picture this browser reads.
    }
    form.requestSubmit();
  });
}

start({ photos });
