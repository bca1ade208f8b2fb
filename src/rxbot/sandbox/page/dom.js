/* The two ways elements are made here: from a <template>, and kept in step with a list. */

export const copyOf = (shape) => copiesOf(shape)[0];

/** Return copies of all that is in the <template> of this shape. */
export function copiesOf(shape) {
  return [...document.getElementById(`shape-${shape}`).content.cloneNode(true).children];
}

const faces = new WeakMap();

/**
 * Let `parent` hold one element per item, in the items' order.
 * Only what is new or looks different is touched, so that focus, scrolling and half-typed words survive.
 */
export function keep(parent, items, { key, make, fill }) {
  const focused = document.activeElement;
  const wanted = new Set(items.map((item) => String(key(item))));
  const there = new Map([...parent.children].map((element) => [element.dataset.key, element]));
  for (const [name, element] of there) if (!wanted.has(name)) element.remove();

  items.forEach((item, index) => {
    const name = String(key(item));
    const element = there.get(name) ?? make(item);
    element.dataset.key = name;
    const face = JSON.stringify(item);
    if (faces.get(element) !== face) fill(element, item);
    faces.set(element, face);
    if (parent.children[index] !== element) parent.insertBefore(element, parent.children[index] ?? null);
  });
  // An element that moves loses the focus.
  if (focused !== document.activeElement && parent.contains(focused)) focused.focus({ preventScroll: true });
}

/** Write only what differs: a screen reader may say again what is written again. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function isOnScreen(element) {
  return !document.hidden && element.offsetParent !== null;
}
