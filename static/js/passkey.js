/** Says in words when the device gave no passkey; the package's script tells of it by an event. */
import { start } from "./behaviours.js";

function passkeyProblem(notice) {
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    notice.hidden = false;
    notice.scrollIntoView({ block: "nearest" });
  });
}

start({ "passkey-problem": passkeyProblem });
