/**
 * @file Guides on the sheet for one character. Where the ink stands on them tells o from O, and s from S.
 */
import { byId, setPressed } from './dom.js';
import { save } from './store.js';

/** Where the lines are, in sheet units. `page.css` draws them. */
const LINES = { baseline: 196, xheight: 112, capheight: 56 };

export default class Guides {
  #isOn = false;
  #strokes;
  #recognizer;

  /** @param {import('./main.js').Parts} parts */
  constructor({ strokes, recognizer }) {
    this.#strokes = strokes;
    this.#recognizer = recognizer;
  }

  toggle() {
    this.#isOn = !this.#isOn;
    save('guides', this.#isOn);
    setPressed(byId('guides'), this.#isOn);
    document.body.classList.toggle('guided', this.#isOn);
    this.#recognizer.guides = this.#isOn ? LINES : null;
    if (!this.#strokes.isBlank) this.#recognizer.ask();
  }
}
