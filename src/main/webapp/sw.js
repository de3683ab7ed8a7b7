/**
 * @file The service worker: serves a copy of the page when the server cannot be reached. The network comes first, so that
 * a new version shows at once.
 */
const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const CACHE = 'neural-ink-1';
/** How long to wait for the network if there is a cached copy, in milliseconds. */
const NETWORK_TIMEOUT = 3000;
const FILES = [
  './',
  'css/page.css',
  'fonts/atkinson-hyperlegible-next.woff2',
  'icons/blank.svg',
  'icons/icon.svg',
  'manifest.json',
  'js/answer.js',
  'js/characters.js',
  'js/charset.js',
  'js/collection.js',
  'js/crop.js',
  'js/dom.js',
  'js/early.js',
  'js/examples.js',
  'js/export.js',
  'js/heatmap.js',
  'js/history.js',
  'js/i18n.js',
  'js/i18n/de.js',
  'js/i18n/en.js',
  'js/i18n/es.js',
  'js/i18n/fr.js',
  'js/ink-view.js',
  'js/labelling-zip.js',
  'js/labelling.js',
  'js/late-reader.js',
  'js/main.js',
  'js/message.js',
  'js/model.js',
  'js/pad.js',
  'js/picture-file.js',
  'js/picture-input.js',
  'js/picture-tools.js',
  'js/picture.js',
  'js/png.js',
  'js/predict.js',
  'js/progress.js',
  'js/raster.js',
  'js/recognizer.js',
  'js/settings.js',
  'js/sheet.js',
  'js/shortcuts.js',
  'js/store.js',
  'js/shrink.js',
  'js/strokes.js',
  'js/svg.js',
  'js/text-line.js',
  'js/thumbnail.js',
  'js/write-on.js',
  'js/zip.js',
].map((path) => new URL(path, worker.registration.scope).href);

worker.addEventListener('install', (event) => {
  worker.skipWaiting();
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)));
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(deleteOldCaches().then(() => worker.clients.claim()));
});

worker.addEventListener('fetch', (event) => {
  const url = event.request.url.replace(/[?#].*/, '');
  if (event.request.method === 'GET' && FILES.includes(url)) event.respondWith(networkFirst(event.request, url));
});

/**
 * @param {Request} request
 * @param {string} url without query and fragment
 * @returns {Promise<Response>}
 */
async function networkFirst(request, url) {
  const cache = await caches.open(CACHE);
  const cached = await cache.match(url);
  try {
    const response = await fetch(request, cached && { signal: AbortSignal.timeout(NETWORK_TIMEOUT) });
    if (response.ok) await cache.put(url, response.clone());
    return response.status < 500 ? response : (cached ?? response);
  } catch (unreachable) {
    if (cached) return cached;
    throw unreachable;
  }
}

async function deleteOldCaches() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith('neural-ink-') && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}
