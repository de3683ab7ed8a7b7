/**
 * @file The client of `POST predict`. A newer request replaces an older one, and transient problems are retried.
 */

/** @typedef {import('./protocol').Answer} Answer */
/** @typedef {import('./protocol').PredictRequest} PredictRequest */

/** An error answer of the server, as RFC 9457 describes it. */
export class Problem extends Error {
  /**
   * @param {number} status HTTP status, or 0 if the server could not be reached
   * @param {string} kind last part of the problem's type, such as `nothing-drawn`
   * @param {number} [retryAfter] how long the server asks to wait, in milliseconds
   */
  constructor(status, kind, retryAfter = 0) {
    super(kind);
    this.status = status;
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  /** @param {Response} response */
  static async from(response) {
    const { type = '' } = await response.json().catch(() => ({}));
    const seconds = Number(response.headers.get('Retry-After')) || 0;
    return new Problem(response.status, String(type).split(':').pop() || 'unknown', seconds * 1000);
  }

  /**
   * Whether the same request may succeed later. One that exceeded the deadline would exceed it again. A server that is
   * just being started or updated finds nothing at this address.
   */
  get isTransient() {
    return [0, 404, 429, 502, 503, 504].includes(this.status) && !['too-long', 'no-text-model'].includes(this.kind);
  }
}

/**
 * Answers on this device, where `device.js` can. If it should always do so, the first question waits for it.
 * @type {{ask: (request: PredictRequest, problem?: Problem) => Promise<Answer | null>, ready?: Promise<unknown>}}
 */
export const device = { ask: async () => null };

/** @typedef {(request: PredictRequest) => Promise<Answer>} Ask */

/**
 * Lets a person's examples change answers, where `hand.js` can.
 * @type {{ready: Promise<unknown>, ask: (request: PredictRequest, ask: Ask) => Promise<Answer>}}
 */
export const hand = { ready: Promise.resolve(), ask: (request, ask) => ask(request) };

/** How long to wait for an answer before the server counts as unreachable, in milliseconds. */
const TIMEOUT = 10_000;
/** A millisecond more is allowed for so many bytes. */
const BYTES_PER_MILLISECOND = 800;
/** A person who waits longer has left. In milliseconds. */
const MAX_RETRY_AFTER = 30_000;
const BACKOFF = [500, 1000, 2000, 4000, 8000, 15_000];

/**
 * Sends one request at a time. A newer one cancels the one in flight and replaces the one that waits, so no outdated
 * answer arrives.
 *
 * Fires `answer` (detail: `{answer: Answer, request: PredictRequest}`), `rejected` (detail: {@link Problem}), and, before
 * each wait, `retrying` (detail: `{problem: Problem, wait: number}`, the wait in milliseconds).
 *
 * A live request is not worth a wait: it is sent only if nothing else is in flight, and not again. Its problems are not
 * reported. After one, such as a busy server, no other live request follows until a finished drawing is answered.
 */
export class PredictClient extends EventTarget {
  #backoff;
  /** @type {PredictRequest | null} */
  #next = null;
  /** Cancels the request in flight or the wait before its retry. @type {AbortController | null} */
  #current = null;
  /** Whether the last request failed for a reason that the next one is likely to meet, too. */
  #isTroubled = false;

  /** @param {number[]} [backoff] waits before each retry, in milliseconds; the last one repeats */
  constructor(backoff = BACKOFF) {
    super();
    this.#backoff = backoff;
  }

  /** Whether a live request would be sent now. */
  get acceptsLive() {
    return !this.#current && !this.#isTroubled;
  }

  /** @param {PredictRequest} request */
  send(request) {
    if (request.live && !this.acceptsLive) return;
    this.#next = request;
    if (this.#current) this.#current.abort();
    else this.#run();
  }

  /** Cancels every request. */
  cancel() {
    this.#next = null;
    this.#current?.abort();
  }

  async #run() {
    while (this.#next) {
      const request = this.#next;
      this.#next = null;
      this.#current = new AbortController();
      await this.#sendUntilSettled(request, this.#current.signal);
    }
    this.#current = null;
  }

  /**
   * Tries until the server answers or rejects the request, or the request is cancelled.
   * @param {PredictRequest} request
   * @param {AbortSignal} signal
   */
  async #sendUntilSettled(request, signal) {
    for (let attempt = 0; !signal.aborted; attempt++) {
      try {
        await hand.ready;
        const answer = await hand.ask(request, (asked) => ask(asked, signal));
        if (signal.aborted) return;
        this.#isTroubled = false;
        return this.#emit('answer', { answer, request });
      } catch (cause) {
        if (signal.aborted) return;
        const problem = /** @type {Problem} */ (cause);
        this.#isTroubled = problem.kind !== 'nothing-drawn'; // A stroke has to begin.
        if (request.live) return;
        if (!problem.isTransient) return this.#emit('rejected', problem);
        const backoff = this.#backoff[Math.min(attempt, this.#backoff.length - 1)];
        const wait = Math.max(Math.min(problem.retryAfter, MAX_RETRY_AFTER), backoff);
        this.#emit('retrying', { problem, wait });
        await delay(wait, signal);
      }
    }
  }

  /** @type {(type: string, detail: unknown) => void} */
  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/**
 * Asks once: this device if it should read, then the server, and this device again if the server cannot be reached.
 * @param {PredictRequest} request
 * @param {AbortSignal} signal
 * @returns {Promise<Answer>}
 * @throws {Problem} if there is no answer
 */
export async function ask(request, signal) {
  await device.ready;
  const answer = await device.ask(request);
  if (answer) return answer;
  try {
    return await post(request, signal);
  } catch (cause) {
    const problem = cause instanceof Problem ? cause : new Problem(0, 'unreachable');
    const answer = !signal.aborted && problem.isTransient && (await device.ask(request, problem));
    if (answer) return answer;
    throw problem;
  }
}

/** @param {PredictRequest} request @param {AbortSignal} signal @returns {Promise<Answer>} */
async function post({ path = 'predict', image: file, options }, signal) {
  const image = await file;
  const start = performance.now();
  const query = new URLSearchParams(Object.entries(options).map(([name, value]) => [name, String(value)]));
  const timeout = TIMEOUT + Math.round(image.size / BYTES_PER_MILLISECOND);
  const init = {
    method: 'POST',
    headers: { 'Content-Type': image.type, Accept: 'application/json, application/problem+json' },
    body: image,
  };
  const answer = /** @type {Answer} */ (await fetchJson(`${path}?${query}`, init, timeout, signal));
  return { ...answer, millis: performance.now() - start };
}

/**
 * Fetches JSON, to which it adds the model that has answered. Signals that time out, or combine others, are too new to rely on.
 * @param {string} url
 * @param {RequestInit} init
 * @param {number} timeout in milliseconds, for the whole answer
 * @param {AbortSignal} [signal] cancels the request earlier
 * @throws {Problem} if the server answers with an error
 */
export async function fetchJson(url, init, timeout, signal) {
  const request = new AbortController();
  const abort = () => request.abort();
  if (signal?.aborted) abort();
  const timer = setTimeout(abort, timeout);
  signal?.addEventListener('abort', abort);
  try {
    const response = await fetch(url, { ...init, signal: request.signal });
    if (!response.ok) throw await Problem.from(response);
    return { ...(await response.json()), model: response.headers.get('X-Model') ?? undefined };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

/**
 * Waits. The wait ends early when the network comes back or the request is cancelled.
 * @param {number} millis
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
function delay(millis, signal) {
  return new Promise((resolve) => {
    const listeners = new AbortController();
    const end = () => {
      clearTimeout(timer);
      listeners.abort();
      resolve();
    };
    const timer = setTimeout(end, millis);
    signal.addEventListener('abort', end, { signal: listeners.signal });
    globalThis.addEventListener?.('online', end, { signal: listeners.signal });
  });
}
