/**
 * @file The choice of expected characters, as far as it makes sense for the model.
 */
import { usefulCharsets } from './characters.js';
import { byId } from './dom.js';
import { bindChoice } from './settings.js';

const ANY = 'any';

/** Fires `change` when a person chooses another set. */
export class CharsetChoice extends EventTarget {
  #chosen = ANY;
  /** @type {string[]} */
  #offered = [];

  constructor() {
    super();
    bindChoice('charset', ANY, (name) => {
      this.#chosen = name;
      this.dispatchEvent(new Event('change'));
    });
  }

  /** The chosen set, or `any` if the model does not have it or is unknown. */
  get value() {
    return this.#offered.includes(this.#chosen) ? this.#chosen : ANY;
  }

  /** Offers the sets that narrow the choice. @param {readonly string[]} classes */
  setClasses(classes) {
    this.#offered = usefulCharsets(classes);
    byId('expecting').hidden = this.#offered.length === 0;
    /** @type {NodeListOf<HTMLInputElement>} */
    const radios = document.querySelectorAll('input[name="charset"]');
    for (const radio of radios) {
      radio.checked = radio.value === this.value;
      const label = /** @type {HTMLElement} */ (radio.parentElement);
      label.hidden = radio.value !== ANY && !this.#offered.includes(radio.value);
    }
  }
}
