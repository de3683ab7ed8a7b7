/**
 * @file Guides on the sheet for one character. Where the ink stands on them tells o from O, and s from S.
 */
import { byId, setPressed } from './dom.js';
import { save } from './store.js';

/** @typedef {import('./protocol').PredictRequest} PredictRequest */

/** Where the lines are, in sheet units and in pixels of the picture that is sent. `page.css` draws them. */
const LINES = { baseline: 196, xheight: 112, capheight: 56 };

/** Only JSON holds guides. @param {PredictRequest} request @returns {PredictRequest} */
function withGuides({ image, options, drawing }) {
  const guided = { ...options, guides: LINES };
  return { image: toJson(image, guided), options: {}, drawing, guided };
}

/** @param {Blob | Promise<Blob>} image @param {object} options */
async function toJson(image, options) {
  const reader = new FileReader();
  reader.readAsDataURL(await image);
  await new Promise((resolve) => (reader.onload = resolve));
  return new Blob([JSON.stringify({ image: reader.result, ...options })], { type: 'application/json' });
}

export default class Guides {
  #isOn = false;
  #strokes;
  #model;
  #recognizer;

  /** @param {import('./main.js').Parts} parts */
  constructor({ strokes, model, recognizer }) {
    this.#strokes = strokes;
    this.#model = model;
    this.#recognizer = recognizer;
  }

  toggle() {
    this.#isOn = !this.#isOn;
    save('guides', this.#isOn);
    setPressed(byId('guides'), this.#isOn);
    document.body.classList.toggle('guided', this.#isOn);
    this.#recognizer.withGuides = (request) =>
      this.#isOn && this.#model.description?.guides ? withGuides(request) : request;
    if (!this.#strokes.isBlank) this.#recognizer.ask();
  }
}
