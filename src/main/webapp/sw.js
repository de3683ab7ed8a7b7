/**
 * @file Keeps the page at hand for when the network drops. The network comes first, so that a new version is seen at
 * once; what it answers is kept, and serves when it does not.
 */
const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const CACHE = 'neural-ink-1';
/** How long a slow network may keep the page waiting when there is a kept copy, in milliseconds. */
const PATIENCE = 3000;
const PAGE = [
  './',
  'css/page.css',
  'fonts/atkinson-hyperlegible-next.woff2',
  'icons/blank.svg',
  'icons/icon.svg',
  'manifest.json',
  'js/answer.js',
  'js/early.js',
  'js/examples.js',
  'js/export.js',
  'js/history.js',
  'js/i18n.js',
  'js/i18n/de.js',
  'js/i18n/en.js',
  'js/i18n/es.js',
  'js/i18n/fr.js',
  'js/ink.js',
  'js/lookalikes.js',
  'js/main.js',
  'js/pad.js',
  'js/picture.js',
  'js/predict.js',
  'js/settings.js',
  'js/store.js',
  'js/thumbnail.js',
].map((path) => new URL(path, worker.registration.scope).href);

worker.addEventListener('install', (event) => {
  worker.skipWaiting();
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(PAGE)));
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(dropOldCaches().then(() => worker.clients.claim()));
});

worker.addEventListener('fetch', (event) => {
  const url = event.request.url.replace(/[?#].*/, '');
  if (event.request.method === 'GET' && PAGE.includes(url)) event.respondWith(freshOrKept(event.request, url));
});

/**
 * @param {Request} request
 * @param {string} url without query
 * @returns {Promise<Response>}
 */
async function freshOrKept(request, url) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(url);
  try {
    const fresh = await fetch(request, kept && { signal: AbortSignal.timeout(PATIENCE) });
    if (fresh.ok) await cache.put(url, fresh.clone());
    return fresh.status < 500 ? fresh : (kept ?? fresh);
  } catch (unreachable) {
    if (kept) return kept;
    throw unreachable;
  }
}

async function dropOldCaches() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith('neural-ink-') && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}
