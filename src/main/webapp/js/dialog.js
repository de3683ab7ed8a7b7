/**
 * @file What all dialogs have: a title, and a button that closes them. So does a click beside them.
 */
import { createElement } from './dom.js';
import { translate } from './i18n.js';

/** @param {string} id @param {keyof import('./i18n.js').Texts} title @param {string} content as HTML */
export function createDialog(id, title, content) {
  const dialog = createElement('dialog', '');
  dialog.id = id;
  dialog.setAttribute('aria-labelledby', `${id}-title`);
  dialog.innerHTML = `
    <form method="dialog">
      <h2 id="${id}-title" data-t="${title}"></h2>
      <button class="icon" data-t-label="close"><svg aria-hidden="true" viewBox="0 0 24 24"><path d="m6 6 12 12M18 6 6 18"/></svg></button>
    </form>
    ${content}`;
  dialog.addEventListener('click', ({ target }) => target === dialog && dialog.close());
  document.body.append(dialog);
  translate(dialog);
  return dialog;
}
