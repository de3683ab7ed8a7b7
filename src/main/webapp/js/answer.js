/**
 * @file Shows an answer: three candidates, the heat map, what was found and seen, and whether to trust it.
 */
import { alternatives, isDoubtful, kindOf, SHOWN } from './characters.js';
import { byId, createButton, createElement } from './dom.js';
import { characterName, listOr, percent, t } from './i18n.js';
import { announce, showQuietly } from './message.js';

/** @typedef {import('./protocol').Answer} Answer */
/** @typedef {import('./protocol').Candidate} Candidate */

/**
 * What decides whether to trust an answer.
 * @typedef {object} Doubts
 * @property {number} [threshold] of legibility: below it the drawing is no character
 * @property {string} charset the expected characters
 */

/** The texts that name the expected characters. @type {Record<string, keyof import('./i18n/en.js').Texts>} */
const ONLY = { digits: 'onlyDigits', letters: 'onlyLetters', upper: 'onlyUpper', lower: 'onlyLower' };

const NO_GLYPH = 'icons/blank.svg';

/** One of the three large candidates. */
class CandidateView {
  element = createElement('li', '');
  #button;
  #character = createElement('span', 'char');
  #kind = createElement('span', 'kind');
  #bar = createElement('span', 'bar');
  #percent = createElement('span', 'percent');

  /** @param {(label: string) => void} onChosen */
  constructor(onChosen) {
    this.#button = createButton('candidate', () => onChosen(this.#character.textContent ?? ''));
    this.#button.append(this.#character, this.#kind, this.#bar, this.#percent);
    this.element.append(this.#button);
  }

  /**
   * @param {Candidate | undefined} candidate undefined if there are fewer than three
   * @param {boolean} isCorrection whether a person said that it is this character
   * @param {boolean} isByHand whether a person's examples have made a difference
   */
  render(candidate, isCorrection, isByHand) {
    this.element.hidden = !candidate;
    if (!candidate) return;
    const { label, confidence } = candidate;
    const remark = isCorrection ? t('corrected') : percent(confidence);
    this.#character.textContent = label;
    this.#kind.textContent = t(kindOf(label));
    this.#percent.textContent = remark;
    this.#button.style.setProperty('--confidence', String(isCorrection ? 1 : confidence));
    this.#button.classList.toggle('by-hand', isByHand);
    // The visible text comes first, so that a person can say it to choose the candidate.
    const details = isByHand ? `${t('yourHand')}. ${t('candidate')}` : t('candidate');
    this.#button.setAttribute('aria-label', `${label} ${t(kindOf(label))} ${remark}. ${details}`);
  }
}

/** What has the focus may have been hidden. The focus then moves to the sheet. */
function keepFocus() {
  const { activeElement } = document;
  if (activeElement?.closest('[hidden], body:not(.answered) #heat')) byId('pad').focus({ preventScroll: true });
}

export class AnswerView {
  /** @type {Answer | null} */
  #answer = null;
  /** Null while the drawing is under way: its answer changes with each stroke. @type {Doubts | null} */
  #doubts = null;
  /** What a person said that the drawing is. @type {string | null} */
  #corrected = null;
  /** There is one with the first answer. @type {import('./heatmap.js').HeatMap | null} */
  #heatMap = null;
  /** @type {readonly string[]} */
  #classes = [];
  #onCorrected;
  #candidates;
  #list = byId('candidates');
  #prompt = byId('prompt');
  #took = byId('took');
  #seen = /** @type {HTMLImageElement} */ (byId('seen'));
  #ink = /** @type {HTMLImageElement} */ (byId('ink'));

  /**
   * @param {(label: string) => void} onChosen called with the candidate that a person chooses
   * @param {(label: string) => void} onCorrected called with the character that a person says it is
   */
  constructor(onChosen, onCorrected) {
    this.#onCorrected = onCorrected;
    this.#candidates = Array.from({ length: SHOWN }, () => new CandidateView(onChosen));
    this.#list.append(...this.#candidates.map(({ element }) => element));
  }

  /** The answer shown. */
  get answer() {
    return this.#answer;
  }

  /** Whether the drawing looks like a character, or a person says that it is one. */
  get isLegible() {
    return !this.#isIllegible;
  }

  /** The model's best candidate. @returns {Candidate | null} */
  get best() {
    return this.#answer?.predictions[0] ?? null;
  }

  /** The candidates, most confident first; what a person said comes before them. */
  get #predictions() {
    const predictions = this.#answer?.predictions ?? [];
    const corrected = this.#corrected;
    if (corrected === null || predictions.length === 0) return predictions;
    const isCorrection = (/** @type {Candidate} */ { label }) => label === corrected;
    return [
      predictions.find(isCorrection) ?? { label: corrected, confidence: 0 },
      ...predictions.filter((candidate) => !isCorrection(candidate)),
    ];
  }

  /** @param {readonly string[]} classes the characters that the model tells apart */
  setClasses(classes) {
    this.#classes = classes;
    this.#heatMap?.build(classes);
    this.render();
  }

  /** Loads the heat map. If that fails, the next answer tries again. */
  async loadHeatMap() {
    const { HeatMap, styled } = await import('./heatmap.js');
    await styled();
    if (this.#heatMap) return;
    this.#heatMap = new HeatMap(this.#onCorrected);
    this.#heatMap.build(this.#classes);
    this.#renderHeatMap();
  }

  /**
   * @param {Answer} answer
   * @param {Doubts | null} doubts null if the drawing is still under way: then nothing is said about the answer
   */
  show(answer, doubts) {
    this.#answer = answer;
    this.#doubts = doubts;
    this.#corrected = null;
    this.setStale(false);
    this.render();
    if (!this.#heatMap) this.loadHeatMap().catch(() => {});
    if (doubts) this.#announce();
  }

  /** Puts what a person says before the answer. @param {string | null} label */
  correct(label) {
    if (label === this.#corrected) return;
    this.#corrected = label;
    this.render();
    this.#announce();
  }

  /** Shows the invitation to draw instead of an answer. */
  reset() {
    this.#answer = this.#corrected = null;
    this.setStale(false);
    this.render();
    showQuietly('');
  }

  /** Marks the answer as that of an older drawing. @param {boolean} stale */
  setStale(stale) {
    this.#list.classList.toggle('stale', stale);
    this.#ink.classList.toggle('stale', stale);
  }

  /** Renders everything again, for example in another language. */
  render() {
    const answer = this.#answer;
    const predictions = this.#predictions;
    document.body.classList.toggle('answered', answer !== null);
    this.#prompt.hidden = answer !== null;
    this.#list.hidden = answer === null;
    const isCorrected = this.#corrected !== null;
    const isByHand = !isCorrected && Boolean(answer?.isMoved);
    this.#candidates.forEach((view, rank) =>
      view.render(predictions[rank], rank === 0 && isCorrected, rank === 0 && isByHand),
    );
    this.#renderHeatMap();
    this.#seen.src = answer?.glyph ?? NO_GLYPH;
    this.#seen.alt = t(answer?.glyph ? 'seenAlt' : 'noAnswer');
    this.#ink.hidden = !answer?.ink;
    if (answer?.ink) this.#ink.src = answer.ink;
    this.#ink.alt = t('inkAlt');
    this.#took.hidden = answer?.millis === undefined;
    this.#took.textContent = `${Math.max(1, Math.round(answer?.millis ?? 0))}\u00a0ms`;
    this.#took.title = t('tookTitle');
    this.#list.classList.toggle('illegible', this.#isIllegible);
    keepFocus();
    if (answer) showQuietly(this.#remark, this.#isIllegible || this.#isUnsure ? 'warning' : 'info');
  }

  #renderHeatMap() {
    this.#heatMap?.render(this.#answer?.predictions ?? [], this.#corrected);
  }

  get #isIllegible() {
    return this.#corrected === null && (this.#answer?.legibility ?? 1) < (this.#doubts?.threshold ?? 0);
  }

  get #isUnsure() {
    return this.#doubts !== null && this.#corrected === null && isDoubtful(this.#answer?.predictions ?? []);
  }

  /** What a person should know about the answer, or nothing. */
  get #remark() {
    if (!this.#answer || !this.#doubts || this.#corrected !== null) return '';
    if (this.#isIllegible) return t('illegible');
    const others = alternatives(this.#answer.predictions);
    const [alone] = this.#answer.network?.predictions ?? [];
    const isByHand = alone && alone.label !== this.best?.label;
    const expected = ONLY[this.#doubts.charset];
    return [
      this.#isUnsure ? t('unsure') : isByHand && t('byHand', { label: alone.label }),
      !this.#isUnsure && !isByHand && others.length > 0 && t('also', { list: listOr(others) }),
      expected && t(expected),
    ]
      .filter(Boolean)
      .join(' ');
  }

  #announce() {
    announce(`${this.#isIllegible ? '' : this.#spokenAnswer} ${this.#remark}`.trim());
  }

  get #spokenAnswer() {
    if (this.#corrected !== null) {
      return t('spokenAlone', { name: characterName(this.#corrected), percent: t('corrected') });
    }
    const predictions = this.#answer?.predictions ?? [];
    const [best, ...others] = predictions.slice(0, SHOWN).map(({ label, confidence }) => ({
      name: characterName(label),
      percent: percent(confidence),
    }));
    if (others.length === 0) return t('spokenAlone', best);
    return t('spoken', { ...best, others: others.map(({ name, percent }) => `${name} ${percent}`).join(', ') });
  }
}
