/**
 * @file The model that the server has loaded, as `GET api/model` describes it.
 */
import { fetchJson, Problem } from './predict.js';

/** @typedef {import('./protocol').Description} Description */

/** How long to wait for the description, in milliseconds. */
const TIMEOUT = 10_000;
/** How long to wait before asking again, in milliseconds, unless the server asks for more. */
const RETRY_DELAY = 3000;

/**
 * Fires `described` each time the server describes its model, `change` when that is another one than before, and the kind
 * of the problem, such as `not-ready` or `unauthorized`, each time the server answers with one. If it may pass, the model
 * asks again by itself.
 */
export class Model extends EventTarget {
  #retryDelay;
  /** @type {Description | null} */
  #description = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {number} [retryDelay] in milliseconds */
  constructor(retryDelay = RETRY_DELAY) {
    super();
    this.#retryDelay = retryDelay;
  }

  /** What the server answered, or null until then. */
  get description() {
    return this.#description;
  }

  /** The characters of the model, or none while it is unknown. */
  get classes() {
    return this.#description?.classes ?? [];
  }

  /** The legibility below which a drawing is no character, or undefined if the model cannot tell. */
  get legibilityThreshold() {
    return this.#description?.legibility?.threshold;
  }

  /** Whether the server may read text: it does, or has not been heard of yet. */
  get mayReadText() {
    return !this.#description || this.#description.text !== undefined;
  }

  /** Its name and version, as in answers. */
  get id() {
    return this.#description ? `${this.#description.name}@${this.#description.version}` : '';
  }

  /** Whether an answer about a character can come from this model. @param {import('./protocol').Answer} answer */
  explains({ predictions, network, model = this.id }) {
    if (!predictions) return true;
    return (
      model === this.id && (network ?? { predictions }).predictions.every(({ label }) => this.classes.includes(label))
    );
  }

  /** Asks the server for the description until there is one. */
  async load() {
    clearTimeout(this.#timer);
    try {
      this.#update(await fetchJson('api/model', {}, TIMEOUT));
    } catch (cause) {
      this.#retry(cause instanceof Problem ? cause : new Problem(0, 'unreachable'));
    }
  }

  /** @param {Description} description */
  #update(description) {
    this.dispatchEvent(new Event('described'));
    this.recall(description);
  }

  /** Takes a description from elsewhere until the server gives one. @param {Description | null} description */
  recall(description) {
    if (JSON.stringify(description) === JSON.stringify(this.#description)) return;
    this.#description = description;
    this.dispatchEvent(new Event('change'));
  }

  /** @param {Problem} problem */
  #retry({ kind, isTransient, retryAfter }) {
    if (isTransient) this.#timer = setTimeout(() => this.load(), Math.max(retryAfter, this.#retryDelay));
    this.dispatchEvent(new Event(kind));
  }
}
