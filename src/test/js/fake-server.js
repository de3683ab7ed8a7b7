/**
 * @file A server for tests: replaces `fetch` with a function.
 */
import { afterEach } from 'node:test';

// Node.js 18 has Event, but no CustomEvent.
globalThis.CustomEvent ??= /** @type {typeof CustomEvent} */ (
  /** @type {unknown} */ (
    class extends Event {
      /** @param {string} type @param {CustomEventInit} options */
      constructor(type, options) {
        super(type, options);
        this.detail = options.detail;
      }
    }
  )
);

/** @typedef {{image: string, options: Record<string, string>}} FakeRequest the text of the body, and the query */

/** @typedef {(request: FakeRequest, signal: AbortSignal, url: string) => Promise<Response>} Handler */

const original = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = original;
});

/** Answers each `fetch` of the running test. @param {Handler} handler */
export function serve(handler) {
  globalThis.fetch = async (url, init) => {
    const signal = /** @type {AbortSignal} */ (init?.signal);
    const aborted = new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    const [path, query] = String(url).split('?');
    const image = init?.body instanceof Blob ? await init.body.text() : '';
    const request = { image, options: Object.fromEntries(new URLSearchParams(query)) };
    return /** @type {Promise<Response>} */ (Promise.race([handler(request, signal, path), aborted]));
  };
}

/** @param {number} status @param {string} kind @param {HeadersInit} [headers] */
export const problem = (status, kind, headers) =>
  Response.json({ type: `urn:neural-ink:problem:${kind}`, status }, { status, headers });
