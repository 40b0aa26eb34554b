/** Lets a person see the password they type: a button behind the box, in words from `data-show-text` and `data-hide-text`. */
import { start } from "./behaviours.js";

function reveal(input) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--quiet";
  const show = (visible) => {
    input.type = visible ? "text" : "password";
    button.textContent = visible ? input.dataset.hideText : input.dataset.showText;
  };
  show(false);
  button.addEventListener("click", () => show(input.type === "password"));
  // What is sent is a password again, so that a browser offers to keep it and no history of texts does.
  input.form.addEventListener("submit", () => show(false));
  input.after(button);
}

start({ reveal });
