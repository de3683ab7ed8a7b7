/**
 * @file The client of `POST predict`: the newest question wins, and trouble is waited out.
 */

/**
 * @typedef {object} Question
 * @property {string} image PNG data URL
 * @property {string} [charset] the expected set; left out: any character
 * @property {number} [top] how many candidates, 3 when left out
 * @property {boolean} [glyph] whether to answer what the model saw
 * @property {boolean} [legibility] whether to answer how much it looks like a character
 */

/**
 * @typedef {object} Candidate
 * @property {string} label
 * @property {number} confidence in [0,1]
 */

/**
 * @typedef {object} Answer
 * @property {Candidate[]} predictions most confident first
 * @property {string} [glyph] PNG data URL of what the model saw
 * @property {number} [legibility] in [0,1]
 * @property {number} [millis] from question to answer, added here
 */

/** The server's refusal, as RFC 9457 describes it. */
export class Problem extends Error {
  /**
   * @param {number} status of HTTP; 0 when the server could not be reached
   * @param {string} kind last part of the problem's type, such as `nothing-drawn`
   * @param {number} [retryAfter] milliseconds the server asks for
   */
  constructor(status, kind, retryAfter = 0) {
    super(kind);
    this.status = status;
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  /** Whether the same question may be answered later. */
  get passing() {
    return this.status === 0 || this.status === 429 || this.status >= 502;
  }
}

/** A server that says nothing for so long, in milliseconds, counts as out of reach. */
const PATIENCE = 10_000;
/** Waits between tries, in milliseconds. */
const BACKOFF = [500, 1000, 2000, 4000, 8000, 15_000];

/**
 * Asks the server one question at a time. A newer question cancels the one on its way and replaces the one that waits,
 * so at most one ever waits and no stale answer is heard.
 *
 * Fires `answer` (detail: {@link Answer}), `refusal` (detail: {@link Problem}) and `trouble`
 * (detail: `{problem: Problem, wait: number}`) before a wait of so many milliseconds until the next try.
 */
export class Predictor extends EventTarget {
  #url;
  #backoff;
  /** @type {Question | null} */
  #waiting = null;
  /** Ends the request or the pause that is under way. @type {AbortController | null} */
  #current = null;

  /**
   * @param {string} url of the service
   * @param {number[]} [backoff] waits between tries in milliseconds; the last one repeats
   */
  constructor(url, backoff = BACKOFF) {
    super();
    this.#url = url;
    this.#backoff = backoff;
  }

  /** @param {Question} question */
  ask(question) {
    this.#waiting = question;
    if (this.#current) this.#current.abort();
    else this.#work();
  }

  /** Forgets every question. */
  cancel() {
    this.#waiting = null;
    this.#current?.abort();
  }

  async #work() {
    while (this.#waiting) {
      const question = this.#waiting;
      this.#waiting = null;
      this.#current = new AbortController();
      await this.#settle(question, this.#current.signal);
    }
    this.#current = null;
  }

  /**
   * Tries until there is an answer, a refusal, or a newer question.
   * @param {Question} question
   * @param {AbortSignal} signal
   */
  async #settle(question, signal) {
    for (let attempt = 0; !signal.aborted; attempt++) {
      try {
        const answer = await this.#post(question, signal);
        if (!signal.aborted) this.#tell('answer', answer);
        return;
      } catch (cause) {
        if (signal.aborted) return;
        const problem = cause instanceof Problem ? cause : new Problem(0, 'unreachable');
        if (!problem.passing) return this.#tell('refusal', problem);
        const wait = Math.max(problem.retryAfter, this.#backoff[Math.min(attempt, this.#backoff.length - 1)]);
        this.#tell('trouble', { problem, wait });
        await pause(wait, signal);
      }
    }
  }

  /**
   * @param {Question} question
   * @param {AbortSignal} signal
   * @returns {Promise<Answer>}
   */
  async #post(question, signal) {
    const start = performance.now();
    const response = await fetch(this.#url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json, application/problem+json' },
      body: JSON.stringify(question),
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
    });
    if (!response.ok) throw await problemOf(response);
    const answer = /** @type {Answer} */ (await response.json());
    return { ...answer, millis: performance.now() - start };
  }

  /** @type {(type: string, detail: unknown) => void} */
  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** @param {Response} response */
async function problemOf(response) {
  const { type = '' } = await response.json().catch(() => ({}));
  const seconds = Number(response.headers.get('Retry-After')) || 0;
  return new Problem(response.status, String(type).split(':').pop() || 'unknown', seconds * 1000);
}

/**
 * Waits, but not longer than until the network comes back or the question is dropped.
 * @param {number} millis
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
function pause(millis, signal) {
  return new Promise((resolve) => {
    const done = new AbortController();
    const end = () => {
      clearTimeout(timer);
      done.abort();
      resolve();
    };
    const timer = setTimeout(end, millis);
    signal.addEventListener('abort', end, { signal: done.signal });
    globalThis.addEventListener?.('online', end, { signal: done.signal });
  });
}
