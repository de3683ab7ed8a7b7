/**
 * @file Shorthands for the DOM.
 */

/** @param {string} id of an element in `index.html` */
export const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @param {string} id @param {() => void} action */
export const onClick = (id, action) => byId(id).addEventListener('click', action);

/** @template {keyof HTMLElementTagNameMap} Tag @param {Tag} tag @param {string} className */
export function createElement(tag, className) {
  const element = document.createElement(tag);
  element.className = className;
  return element;
}

/** @param {string} className @param {() => void} action */
export function createButton(className, action) {
  const button = createElement('button', className);
  button.type = 'button';
  button.addEventListener('click', action);
  return button;
}

/**
 * Sets the accessible name and the tooltip. Firefox has `ariaLabel` only since version 119.
 * @param {HTMLElement} element
 * @param {string} label
 */
export function setLabel(element, label) {
  element.setAttribute('aria-label', label);
  element.title = label;
}

/** @param {HTMLElement} button @param {boolean} pressed */
export const setPressed = (button, pressed) => button.setAttribute('aria-pressed', String(pressed));
