/**
 * @file The dialog "Your hand": what the page has learnt of how a person writes. It is loaded when it is first opened.
 */
import { createDialog } from './dialog.js';
import { byId, createButton, createElement, onClick, setLabel } from './dom.js';
import { LEAST_EXAMPLES } from './hand.js';
import { fromFile, Refusal, toFile } from './hand-file.js';
import { characterName, t } from './i18n.js';
import { download } from './save.js';
import { CONTENT as TEACHING, Teaching } from './teaching.js';
import { thumbnail } from './thumbnail.js';

/** @typedef {import('./labelling.js').LabelledDrawing} LabelledDrawing */

const CONTENT = `
  <p class="hint" data-t="handHint"></p>
  <p class="hint" id="hand-problem" data-tone="warning"></p>
  ${TEACHING}
  <ul id="hand-list" aria-labelledby="hand-title"></ul>
  <div class="files">
    <button type="button" class="quiet" id="hand-import" data-t="importHand"></button>
    <button type="button" class="quiet" id="hand-export" data-t="exportHand"></button>
    <button type="button" class="quiet" id="hand-zip" data-t="exportForTraining"></button>
    <button type="button" class="quiet" id="hand-forget" data-t="forgetHand"></button>
    <input type="file" id="hand-file" accept="application/json,.json" hidden>
  </div>
  <p id="hand-message">
    <span role="status"></span>
    <button type="button" class="quiet" id="hand-undo" hidden data-t="undo"></button>
  </p>
`;

/** How many drawings of a character are shown. */
const SHOWN = 5;

export default class HandDialog {
  #dialog = createDialog('hand', 'yourHand', CONTENT);
  #parts;
  /** @type {import('./labelling.js').default | undefined} */
  #labelling;
  /** @type {Teaching | undefined} */
  #teaching;
  /** What was forgotten last. @type {LabelledDrawing[]} */
  #forgotten = [];
  /** Whether the next answer may be another one. */
  #isChanged = false;

  /** @param {import('./main.js').Parts} parts */
  constructor(parts) {
    this.#parts = parts;
    this.#dialog.addEventListener('close', () => this.#onClosed());
  }

  /** @param {import('./labelling.js').default} labelling */
  open(labelling) {
    if (!this.#labelling) this.#setUp(labelling);
    this.#isChanged = false;
    this.#say('');
    this.#dialog.showModal();
    this.#render();
  }

  /** @param {import('./labelling.js').default} labelling */
  #setUp(labelling) {
    this.#labelling = labelling;
    const dialog = this.#dialog;
    this.#teaching = new Teaching(labelling, (text) => this.#say(text));
    labelling.addEventListener('change', () => {
      this.#isChanged = true;
      if (this.#dialog.open) this.#render();
    });
    const file = /** @type {HTMLInputElement} */ (byId('hand-file'));
    file.addEventListener('change', () => this.#import(file));
    onClick('hand-import', () => file.click());
    onClick('hand-export', () => download('neural-ink-hand.json', toFile(labelling.examples)));
    onClick('hand-zip', () => this.#exportForTraining());
    onClick('hand-forget', () => this.#forget(labelling.examples, t('yourHand')));
    onClick('hand-undo', () => {
      labelling.restore(this.#forgotten);
      this.#say(t('restored'));
      dialog.querySelector('button')?.focus();
    });
  }

  get #examples() {
    return this.#labelling?.examples ?? [];
  }

  #render() {
    const labelling = /** @type {import('./labelling.js').default} */ (this.#labelling);
    this.#showProblem(labelling);
    byId('hand-list').replaceChildren(...this.#groups.map((group) => this.#item(group)));
    for (const id of ['hand-export', 'hand-zip', 'hand-forget']) byId(id).hidden = this.#examples.length === 0;
    this.#teaching?.render();
  }

  /** @param {import('./labelling.js').default} labelling */
  async #showProblem(labelling) {
    await null; // A change is stored after it has been shown.
    await labelling.settled;
    const problem = labelling.hand.canLearn === false ? 'cannotLearn' : labelling.isStored ? null : 'notKept';
    byId('hand-problem').textContent = problem ? t(problem) : '';
  }

  /** The drawings of each character: those that the network knows, in its order, and then the others. @returns {LabelledDrawing[][]} */
  get #groups() {
    const { classes } = this.#parts.model;
    const labels = [...new Set(this.#examples.map(({ label }) => label).reverse())];
    const known = classes.filter((label) => labels.includes(label));
    const others = labels.filter((label) => !classes.includes(label));
    return [...known, ...others].map((label) => this.#examples.filter((example) => example.label === label));
  }

  /** @param {LabelledDrawing[]} drawings of one character */
  #item(drawings) {
    const [{ label }] = drawings;
    const name = characterName(label);
    const isEnough = this.#parts.model.classes.includes(label) || drawings.length >= LEAST_EXAMPLES;
    const count = isEnough ? String(drawings.length) : `${drawings.length}/${LEAST_EXAMPLES}`;
    const item = createElement('li', isEnough ? '' : 'incomplete');
    const spoken = createElement('span', 'visually-hidden');
    spoken.textContent = t('drawingsOf', { name, count });
    const character = createElement('span', 'character');
    character.textContent = label;
    const thumbnails = createElement('span', 'drawings');
    thumbnails.append(...drawings.slice(0, SHOWN).map(({ drawing }) => thumbnail(drawing)));
    const counter = createElement('span', 'count');
    counter.textContent = count;
    for (const shown of [character, counter]) shown.setAttribute('aria-hidden', 'true');
    const remove = createButton('icon', () => this.#forget(drawings, name));
    remove.textContent = '×';
    setLabel(remove, t('forgetOne', { name }));
    item.append(spoken, character, thumbnails, counter, remove);
    return item;
  }

  /** @param {LabelledDrawing[]} drawings @param {string} name */
  #forget(drawings, name) {
    this.#forgotten = drawings;
    this.#labelling?.forget(drawings);
    this.#say(t('forgotten', { name }));
    byId('hand-undo').hidden = false;
    byId('hand-undo').focus();
  }

  /** Takes over what a file holds and is not there yet. @param {HTMLInputElement} input */
  async #import(input) {
    const [file] = input.files ?? [];
    input.value = ''; // The same file can be chosen again.
    if (!file) return;
    try {
      const count = this.#labelling?.merge(await fromFile(file)) ?? 0;
      this.#say(t('imported', { count }));
    } catch (cause) {
      this.#say(t(cause instanceof Refusal ? cause.key : 'notAHand'));
    }
  }

  async #exportForTraining() {
    try {
      const { zipOf } = await import('./labelling-zip.js');
      download('neural-ink-examples.zip', await zipOf(this.#examples));
    } catch {
      this.#say(t('needsServer'));
    }
  }

  /** @param {string} text */
  #say(text) {
    byId('hand-undo').hidden = true;
    /** @type {HTMLElement} */ (this.#dialog.querySelector('[role="status"]')).textContent = text;
  }

  #onClosed() {
    this.#forgotten = [];
    if (this.#isChanged) this.#parts.askAgain();
  }
}
