/**
 * What a section has changed and the server has not confirmed, kept in this browser until it has.
 *
 * pending = { base, dirty, inflight, held }: `dirty` is collected while one save is on its way, `inflight` is that save
 * and never changes until it is answered (a repeat is then harmless), `held` are boxes the server could not keep.
 */
import { newKey } from "./new-key.js";

const nothing = () => ({ head: {}, rows: {}, removed: [], restored: [], confirmed: [], order: null });

/** Reads what is kept under a key, or begins with nothing on the page's revision. */
export function readPending(key, base) {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    if (kept && kept.dirty) return kept;
  } catch {
    // Storage is closed or holds something else: begin anew.
  }
  return { base, dirty: nothing(), inflight: null, held: {} };
}

/** Keeps it, or forgets it when nothing waits; false when this browser keeps nothing. */
export function keepPending(key, pending) {
  try {
    if (isWaiting(pending) || Object.keys(pending.held).length) localStorage.setItem(key, JSON.stringify(pending));
    else localStorage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}

export function isDirty({ dirty }) {
  const lists = [dirty.removed, dirty.restored, dirty.confirmed];
  return Object.keys(dirty.head).length > 0 || Object.keys(dirty.rows).length > 0 || dirty.order !== null || lists.some((list) => list.length);
}

export function isWaiting(pending) {
  return pending.inflight !== null || isDirty(pending);
}

/** The save that is to be sent now: the one on its way, or a new one made of everything collected. */
export function nextSave(pending, section) {
  if (pending.inflight === null && isDirty(pending)) {
    pending.inflight = { mutation: newKey(), base: pending.base, section, ...pending.dirty };
    pending.dirty = nothing();
  }
  return pending.inflight;
}

/** After an answer: nothing is on its way, and what comes next builds on the revision reached. */
export function settle(pending, revision) {
  pending.inflight = null;
  pending.base = revision;
}

export function noteHead({ dirty, held }, name, value) {
  dirty.head[name] = value;
  delete held[`.${name}`];
}

export function noteCell({ dirty, held }, row, name, value) {
  dirty.rows[row] ??= {};
  dirty.rows[row][name] = value;
  delete held[`${row}.${name}`];
}

export function noteRemoved({ dirty, held }, row) {
  delete dirty.rows[row];
  dirty.restored = dirty.restored.filter((one) => one !== row);
  if (!dirty.removed.includes(row)) dirty.removed.push(row);
  for (const place of Object.keys(held)) if (place.startsWith(`${row}.`)) delete held[place];
}

export function noteRestored({ dirty }, row) {
  dirty.removed = dirty.removed.filter((one) => one !== row);
  if (!dirty.restored.includes(row)) dirty.restored.push(row);
}

export function noteConfirmed({ dirty }, row) {
  if (!dirty.confirmed.includes(row)) dirty.confirmed.push(row);
}

export function noteOrder({ dirty }, keys) {
  dirty.order = keys;
}

/** Whether a place has something typed that no answer has covered yet. */
export function isTouched({ dirty, held }, place) {
  const [row, name] = place.split(".");
  if (place in held) return true;
  return row ? name in (dirty.rows[row] ?? {}) : name in dirty.head;
}
