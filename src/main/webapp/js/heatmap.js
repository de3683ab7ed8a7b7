/**
 * @file The heat map: a cell for each character that the model tells apart, coloured by its confidence.
 */
import { groupByKind } from './characters.js';
import { byId, createElement } from './dom.js';
import { characterName, percent, t } from './i18n.js';

/** @typedef {import('./predict.js').Candidate} Candidate */

/** Upper bounds of levels 0 to 4; level 5 has none. The steps are roughly logarithmic, as brightness is perceived. */
const LEVELS = [0.001, 0.01, 0.05, 0.2, 0.5];
/** How many characters the text alternative lists. */
const LISTED = 10;

export class HeatMap {
  /** @type {Map<string, HTMLElement>} */
  #cells = new Map();
  #grid = byId('heat');
  #title = byId('heat-title');

  /** Builds the cells, one kind of character after another. @param {readonly string[]} classes */
  build(classes) {
    this.#cells.clear();
    for (const group of groupByKind(classes)) {
      for (const label of group) {
        const cell = createElement('span', label === group[0] ? 'cell row-start' : 'cell');
        cell.textContent = label;
        this.#cells.set(label, cell);
      }
    }
    this.#grid.replaceChildren(...this.#cells.values());
  }

  /** @param {readonly Candidate[]} predictions empty without an answer */
  render(predictions) {
    const count = this.#cells.size;
    const title = count > 0 ? t('heatCount', { count }) : t('heat');
    this.#title.textContent = title;
    const confidences = new Map(predictions.map(({ label, confidence }) => [label, confidence]));
    for (const [label, cell] of this.#cells) {
      const confidence = confidences.get(label);
      const level = LEVELS.findIndex((bound) => (confidence ?? 0) < bound);
      cell.dataset.heat = String(level < 0 ? LEVELS.length : level);
      cell.classList.toggle('excluded', predictions.length > 0 && confidence === undefined);
      cell.title = confidence === undefined ? label : `${label} ${percent(confidence)}`;
    }
    const list = predictions
      .slice(0, LISTED)
      .map(({ label, confidence }) => `${characterName(label)} ${percent(confidence)}`);
    this.#grid.setAttribute('aria-label', `${title}: ${list.join(', ') || t('noAnswer')}`);
  }
}
