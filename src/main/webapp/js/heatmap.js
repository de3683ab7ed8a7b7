/**
 * @file The heat map: a button for each character that the model tells apart, coloured by its confidence. Pressing one says
 * what the drawing really is.
 */
import { kindOf } from './characters.js';
import { byId, createButton, setLabel, setPressed } from './dom.js';
import { characterName, percent, t } from './i18n.js';
import { loadStyle } from './style.js';

/** @typedef {import('./protocol').Candidate} Candidate */

/** Upper bounds of levels 0 to 4; level 5 has none. The steps are roughly logarithmic, as brightness is perceived. */
const LEVELS = [0.001, 0.01, 0.05, 0.2, 0.5];
/** How far the arrow keys move from cell to cell. */
const STEPS = new Map([
  ['ArrowLeft', -1],
  ['ArrowRight', 1],
]);

/** Resolves when the styles of the heat map are there. */
export const styled = () => loadStyle('css/heatmap.css');

export class HeatMap {
  /** @type {Map<string, HTMLButtonElement>} */
  #cells = new Map();
  #grid = byId('heat');
  #title = byId('heat-title');
  #onChosen;

  /** @param {(label: string) => void} onChosen called with the character that a person chooses */
  constructor(onChosen) {
    this.#onChosen = onChosen;
    this.#grid.addEventListener('keydown', (event) => this.#onKeyDown(event));
  }

  /** Builds the cells, one kind of character after another. @param {readonly string[]} classes */
  build(classes) {
    this.#cells.clear();
    for (const group of groupByKind(classes)) {
      for (const label of group) {
        const cell = createButton(label === group[0] ? 'cell row-start' : 'cell', () => this.#onChosen(label));
        cell.textContent = label;
        this.#cells.set(label, cell);
      }
    }
    this.#grid.replaceChildren(...this.#cells.values());
  }

  /**
   * @param {readonly Candidate[]} predictions empty without an answer
   * @param {string | null} corrected what a person said that the drawing is
   */
  render(predictions, corrected = null) {
    const count = this.#cells.size;
    this.#title.textContent = count > 0 ? t('heatCount', { count }) : t('heat');
    const confidences = new Map(predictions.map(({ label, confidence }) => [label, confidence]));
    for (const [label, cell] of this.#cells) {
      const confidence = confidences.get(label);
      const level = LEVELS.findIndex((bound) => (confidence ?? 0) < bound);
      cell.dataset.heat = String(level < 0 ? LEVELS.length : level);
      cell.classList.toggle('excluded', predictions.length > 0 && confidence === undefined);
      setPressed(cell, label === corrected);
      const name = characterName(label);
      setLabel(cell, confidence === undefined ? name : `${name}, ${percent(confidence)}`);
    }
    this.#makeTabStop(corrected ?? predictions[0]?.label);
  }

  /** The Tab key reaches one cell; from there the arrow keys lead on. @param {string | undefined} wanted */
  #makeTabStop(wanted) {
    const first = this.#cells.keys().next().value;
    for (const [label, cell] of this.#cells) cell.tabIndex = label === (wanted ?? first) ? 0 : -1;
  }

  /** @param {KeyboardEvent} event */
  #onKeyDown(event) {
    const cells = [...this.#cells.values()];
    const index = cells.findIndex((cell) => cell === event.target);
    const next = this.#next(cells, index, event.key);
    if (!next) return;
    event.preventDefault();
    this.#makeTabStop(next.textContent ?? '');
    next.focus();
  }

  /** @type {(cells: HTMLButtonElement[], index: number, key: string) => HTMLButtonElement | undefined} */
  #next(cells, index, key) {
    if (key === 'Home') return cells[0];
    if (key === 'End') return cells[cells.length - 1];
    if (STEPS.has(key)) return cells[index + (STEPS.get(key) ?? 0)];
    if (key === 'ArrowUp') return inColumn(cells, index, cells.slice(0, index).reverse());
    if (key === 'ArrowDown') return inColumn(cells, index, cells.slice(index + 1));
    return undefined;
  }
}

/** The nearest cell above or below. @type {(cells: HTMLElement[], index: number, others: HTMLButtonElement[]) => HTMLButtonElement | undefined} */
function inColumn(cells, index, others) {
  const { offsetLeft, offsetTop } = cells[index];
  return others.find((cell) => cell.offsetTop !== offsetTop && Math.abs(cell.offsetLeft - offsetLeft) <= 1);
}

/**
 * The classes by kind: digits, capitals, small letters, others.
 * @param {readonly string[]} classes
 * @returns {string[][]} without empty groups, each group in the model's order
 */
export function groupByKind(classes) {
  const kinds = /** @type {import('./characters.js').Kind[]} */ (['digit', 'capital', 'small', 'other']);
  return kinds.map((kind) => classes.filter((label) => kindOf(label) === kind)).filter((group) => group.length > 0);
}
