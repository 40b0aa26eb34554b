/** The behaviours every page may ask for by `data-behaviour`. */
import { start } from "./behaviours.js";
import { confirm } from "./confirm.js";
import { copy } from "./copy.js";
import { menu } from "./menu.js";
import { print } from "./print.js";
import { results } from "./results.js";
import { shortcut } from "./shortcut.js";
import { submitOnce } from "./submit-once.js";

start({ confirm, copy, menu, print, results, shortcut, "submit-once": submitOnce });
