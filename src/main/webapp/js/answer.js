/**
 * @file Shows the answer: three candidates, the heat map of all characters, what the model saw, and an honest word.
 */
import { kindOf, listOr, named, percent, t } from './i18n.js';
import { lookAlikes } from './lookalikes.js';

/** @typedef {import('./predict.js').Answer} Answer */
/** @typedef {import('./predict.js').Candidate} Candidate */
/** @typedef {'plain' | 'doubt' | 'trouble'} Tone */

const CLASSES = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'];
/** Upper ends of the heat levels 0 to 4; from the last one on it is 5. Steps of about a third of a decade, as eyes judge. */
const HEAT = [0.001, 0.01, 0.05, 0.2, 0.5];
/** Below this the best candidate is more likely wrong than right. */
const SURE = 0.5;
const NOTHING_SEEN = 'icons/blank.svg';

/**
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 */
const byId = (id) => /** @type {T} */ (document.getElementById(id));

/** @param {string} className @param {string} [tag] */
function make(className, tag = 'span') {
  const element = document.createElement(tag);
  element.className = className;
  return element;
}

/** One of the three large candidates. */
class CandidateView {
  element = make('', 'li');
  #button = /** @type {HTMLButtonElement} */ (make('candidate', 'button'));
  #char = make('char');
  #kind = make('kind');
  #bar = make('bar');
  #percent = make('percent');

  /** @param {(label: string) => void} take */
  constructor(take) {
    this.#button.type = 'button';
    this.#button.append(this.#char, this.#kind, this.#bar, this.#percent);
    this.#button.addEventListener('click', () => take(this.#char.textContent ?? ''));
    this.element.append(this.#button);
  }

  /** @param {Candidate | undefined} candidate nothing where the set has fewer than three characters */
  show(candidate) {
    this.element.hidden = !candidate;
    if (!candidate) return;
    const { label, confidence } = candidate;
    this.#char.textContent = label;
    this.#kind.textContent = t(kindOf(label));
    this.#percent.textContent = percent(confidence);
    this.#bar.style.setProperty('--confidence', String(confidence));
    this.#button.ariaLabel = t('take', { name: named(label), percent: percent(confidence) });
  }
}

/** Everything on the page that speaks about the answer. */
export class AnswerView {
  /** @type {Answer | null} */
  #answer = null;
  #threshold = 0;
  #candidates;
  #cells = new Map(CLASSES.map((label) => [label, make('cell')]));
  #list = byId('candidates');
  #prompt = byId('prompt');
  #message = byId('message');
  #took = byId('took');
  #spoken = byId('spoken');
  #heat = byId('heat');
  #seen = /** @type {HTMLImageElement} */ (byId('seen'));

  /** @param {(label: string) => void} take called with the character a person picked */
  constructor(take) {
    this.#candidates = [0, 1, 2].map(() => new CandidateView(take));
    this.#list.append(...this.#candidates.map(({ element }) => element));
    for (const [label, cell] of this.#cells) cell.textContent = label;
    this.#heat.append(...this.#cells.values());
  }

  /** The best candidate shown, if any. @returns {Candidate | null} */
  get best() {
    return this.#answer?.predictions[0] ?? null;
  }

  /**
   * @param {Answer} answer
   * @param {number} threshold legibility below it means: no character
   */
  show(answer, threshold) {
    this.#answer = answer;
    this.#threshold = threshold;
    this.stale(false);
    this.render();
    this.#speak();
  }

  /** Back to the invitation to draw. */
  reset() {
    this.#answer = null;
    this.stale(false);
    this.render();
  }

  /** Marks the answer as that of an older drawing. @param {boolean} stale */
  stale(stale) {
    this.#list.classList.toggle('stale', stale);
  }

  /** Shows everything anew, for example in another language. */
  render() {
    const answer = this.#answer;
    this.#prompt.hidden = answer !== null;
    this.#list.hidden = answer === null;
    this.#candidates.forEach((view, rank) => view.show(answer?.predictions[rank]));
    this.#showHeat(answer?.predictions ?? []);
    this.#seen.src = answer?.glyph ?? NOTHING_SEEN;
    this.#seen.alt = t(answer?.glyph ? 'seenAlt' : 'seenNothing');
    this.#took.hidden = answer?.millis === undefined;
    this.#took.textContent = t('took', { millis: Math.max(1, Math.round(answer?.millis ?? 0)) });
    this.#took.title = t('tookTitle');
    this.#doubt();
  }

  /**
   * A word to the person, seen and heard.
   * @param {string} text
   * @param {Tone} [tone]
   */
  say(text, tone = 'plain') {
    this.#message.textContent = text;
    this.#message.dataset.tone = tone;
    if (text) this.#spoken.textContent = text;
  }

  /** @returns {boolean} whether the drawing looks like no character at all */
  get #illegible() {
    return (this.#answer?.legibility ?? 1) < this.#threshold;
  }

  /** What a person should know before believing the answer. */
  #doubt() {
    const predictions = this.#answer?.predictions ?? [];
    this.#list.classList.toggle('illegible', this.#illegible);
    this.#message.textContent = predictions.length > 0 ? this.#caution(predictions) : '';
    this.#message.dataset.tone = this.#message.textContent ? 'doubt' : 'plain';
  }

  /** @param {Candidate[]} predictions */
  #caution(predictions) {
    if (this.#illegible) return t('illegible');
    const twins = lookAlikes(predictions);
    if (twins.length > 0) return t('lookAlike', { list: listOr(twins) });
    return predictions[0].confidence < SURE ? t('unsure') : '';
  }

  #speak() {
    const [best, ...others] = (this.#answer?.predictions ?? []).slice(0, 3);
    if (!best) return;
    const other = (/** @type {Candidate} */ c) =>
      t('spokenOther', { name: named(c.label), percent: percent(c.confidence) });
    const answer = t('spoken', {
      name: named(best.label),
      percent: percent(best.confidence),
      others: others.map(other).join(', '),
    });
    this.#spoken.textContent = `${this.#message.textContent} ${this.#illegible ? '' : answer}`.trim();
  }

  /** @param {Candidate[]} predictions */
  #showHeat(predictions) {
    const confidences = new Map(predictions.map(({ label, confidence }) => [label, confidence]));
    for (const [label, cell] of this.#cells) {
      const confidence = confidences.get(label);
      const level = HEAT.findIndex((end) => (confidence ?? 0) < end);
      cell.dataset.heat = String(level < 0 ? HEAT.length : level);
      cell.classList.toggle('out', predictions.length > 0 && confidence === undefined);
      cell.title = confidence === undefined ? label : `${label} ${percent(confidence)}`;
    }
    const list = predictions.slice(0, 10).map(({ label, confidence }) => `${named(label)} ${percent(confidence)}`);
    this.#heat.ariaLabel = list.length > 0 ? t('heatAlt', { list: list.join(', ') }) : t('heatNothing');
  }
}
