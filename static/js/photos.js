/** Makes a photo smaller on the phone before it is sent: a poor line carries 300 KB, not 8 MB. */
import { start } from "./behaviours.js";

const LONGEST_SIDE = 1600;
const QUALITY = 0.85;

async function shrink(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  return blob && blob.size < file.size ? new File([blob], file.name, { type: "image/jpeg" }) : file;
}

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
