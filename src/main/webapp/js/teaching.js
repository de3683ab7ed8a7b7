/**
 * @file Teaching a character: a person names it and draws it a few times.
 */
import { byId, onClick } from './dom.js';
import { LEAST_EXAMPLES } from './hand.js';
import { isCharacter } from './hand-file.js';
import { characterName, t } from './i18n.js';
import { Pad } from './pad.js';
import { Strokes } from './strokes.js';
import { thumbnail } from './thumbnail.js';

export const CONTENT = `
  <details id="teach">
    <summary data-t="teach"></summary>
    <form id="teach-form">
      <p class="hint" data-t="teachHint"></p>
      <label><span data-t="character"></span>
        <input type="text" id="teach-label" maxlength="16" autocomplete="off" autocapitalize="off" spellcheck="false"></label>
      <div id="teach-drawn" aria-hidden="true"></div>
      <div class="paper"><canvas id="teach-pad" tabindex="0" role="img"></canvas></div>
      <div class="actions">
        <button type="button" id="teach-clear" data-t="clear"></button>
        <button id="teach-keep" data-t="keep"></button>
      </div>
    </form>
  </details>
`;

export class Teaching {
  #strokes = new Strokes();
  #canvas = /** @type {HTMLCanvasElement} */ (byId('teach-pad'));
  #label = /** @type {HTMLInputElement} */ (byId('teach-label'));
  #labelling;
  #say;

  /**
   * @param {import('./labelling.js').default} labelling keeps what is drawn
   * @param {(text: string) => void} say
   */
  constructor(labelling, say) {
    this.#labelling = labelling;
    this.#say = say;
    new Pad(this.#canvas, this.#strokes);
    this.#strokes.addEventListener('change', () => this.render());
    this.#label.addEventListener('input', () => this.render());
    onClick('teach-clear', () => this.#strokes.clear());
    byId('teach-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#keep();
    });
  }

  /** Shows how often the character was drawn, and what is being drawn. */
  render() {
    const count = this.#strokes.drawing.strokes.length;
    this.#canvas.setAttribute('aria-label', count ? t('padStrokes', { count }) : t('padBlank'));
    const known = this.#labelling.examples.filter(({ label }) => label === this.#character).slice(0, LEAST_EXAMPLES);
    byId('teach-drawn').replaceChildren(
      ...known.reverse().map(({ drawing }) => thumbnail(drawing)),
      ...Array.from({ length: LEAST_EXAMPLES - known.length }, () => document.createElement('span')),
    );
  }

  get #character() {
    return this.#label.value.trim().normalize();
  }

  #keep() {
    const label = this.#character;
    if (!isCharacter(label)) {
      this.#label.focus();
      return this.#say(t('nameOneCharacter'));
    }
    this.#canvas.focus();
    if (this.#strokes.isBlank) return this.#say(t('nothingDrawn'));
    this.#labelling.add(label, this.#strokes.drawing);
    this.#strokes.clear();
    const count = this.#labelling.examples.filter((example) => example.label === label).length;
    if (count < LEAST_EXAMPLES) this.#say(t('keptSome', { count, needed: LEAST_EXAMPLES }));
    else this.#say(t('learnt', { name: characterName(label) }));
  }
}
