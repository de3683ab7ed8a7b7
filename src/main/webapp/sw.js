/**
 * @file The service worker: opens the page from a copy on this device, so at once, however slow the server is.
 *
 * Each version of the page has a cache of its own, named by a digest of its files. A page gets all its files from the
 * version that it was opened with, so versions never mix. Whenever the page is opened, the worker looks for a new version
 * in the background. The page that is opened next gets it. A page that is open stays as it is: a reload would cost a
 * person undo, focus and place.
 */
const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
/** Of the names of caches. Another copy of the program may be at another path of this server. */
const PREFIX = `neural-ink ${worker.registration.scope} `;
/** The cache of earlier versions of the page. */
const FORMER = 'neural-ink-1';
/** Remembers which version is the newest and, by the ids of open pages, which one each was opened with. */
const STATE = `${PREFIX}state`;
const NEWEST = 'newest';
/** What a page needs to read by itself. The addresses name versions and hashes. `device.js` deletes old ones. */
const DEVICE = `neural-ink device ${worker.registration.scope}`;
const FOR_DEVICE = /^(onnxruntime-web\/|api\/model\/[a-z/]+\?)/;
/** How often a version is downloaded at most before the next page is opened. */
const MOST_DOWNLOADS = 4;
/** The versions of the pages that were opened since the worker was started. @type {Map<string, string>} */
const opened = new Map();
const FILES = [
  './',
  'css/crop.css',
  'css/dialog.css',
  'css/guides.css',
  'css/hand.css',
  'css/heatmap.css',
  'css/page.css',
  'css/text.css',
  'fonts/atkinson-hyperlegible-next.woff2',
  'icons/blank.svg',
  'icons/icon.svg',
  'js/answer.js',
  'js/characters.js',
  'js/charset.js',
  'js/collection.js',
  'js/composition.js',
  'js/crop.js',
  'js/device.js',
  'js/device/character-model.js',
  'js/device/clean-canvas.js',
  'js/device/components.js',
  'js/device/decoding/acceptor.js',
  'js/device/decoding/alignment.js',
  'js/device/decoding/alphabet.js',
  'js/device/decoding/beam-search.js',
  'js/device/decoding/beam.js',
  'js/device/decoding/decoder.js',
  'js/device/decoding/dictionary.js',
  'js/device/decoding/field-pattern.js',
  'js/device/decoding/language-model.js',
  'js/device/decoding/lazy-dfa.js',
  'js/device/decoding/log-probability.js',
  'js/device/decoding/lookahead.js',
  'js/device/decoding/nfa.js',
  'js/device/decoding/prefix.js',
  'js/device/decoding/spans.js',
  'js/device/decoding/trie.js',
  'js/device/glyph.js',
  'js/device/guide-model.js',
  'js/device/ink.js',
  'js/device/picture-pixels.js',
  'js/device/recognition.js',
  'js/device/resize.js',
  'js/device/text/best-path.js',
  'js/device/text/character-boxes.js',
  'js/device/text/frames.js',
  'js/device/text/glyph-expert.js',
  'js/device/text/line-draft.js',
  'js/device/text/line-image.js',
  'js/device/text/line-painter.js',
  'js/device/text/line-reader.js',
  'js/device/text/line-segmenter.js',
  'js/device/text/segments.js',
  'js/device/text/text-line.js',
  'js/device/text/text-model.js',
  'js/device/text/text-reader.js',
  'js/device/text/too-much-text.js',
  'js/device/worker.js',
  'js/dialog.js',
  'js/dom.js',
  'js/early.js',
  'js/eraser.js',
  'js/examples.js',
  'js/expected.js',
  'js/few-shot.js',
  'js/guides.js',
  'js/hand-dialog.js',
  'js/hand-file.js',
  'js/hand.js',
  'js/heatmap.js',
  'js/history.js',
  'js/i18n.js',
  'js/i18n/de.js',
  'js/i18n/en.js',
  'js/i18n/es.js',
  'js/i18n/fr.js',
  'js/i18n/later/de.js',
  'js/i18n/later/en.js',
  'js/i18n/later/es.js',
  'js/i18n/later/fr.js',
  'js/ink-view.js',
  'js/labelling-zip.js',
  'js/labelling.js',
  'js/late-reader.js',
  'js/main.js',
  'js/message.js',
  'js/model.js',
  'js/pad.js',
  'js/pattern-check.js',
  'js/picture-file.js',
  'js/picture-input.js',
  'js/picture-tools.js',
  'js/picture.js',
  'js/png.js',
  'js/predict.js',
  'js/progress.js',
  'js/raster.js',
  'js/reading-view.js',
  'js/reading.js',
  'js/recognizer.js',
  'js/save.js',
  'js/scroller.js',
  'js/settings-dialog.js',
  'js/settings.js',
  'js/sheet.js',
  'js/shortcuts.js',
  'js/shrink.js',
  'js/store.js',
  'js/strokes.js',
  'js/style.js',
  'js/svg.js',
  'js/teaching.js',
  'js/text-answer.js',
  'js/text-line.js',
  'js/text-markup.js',
  'js/text-mode.js',
  'js/text-recognizer.js',
  'js/text-sheet.js',
  'js/thumbnail.js',
  'js/write-on.js',
  'js/writing.js',
  'js/zip.js',
  'js/zlib-store.js',
  'manifest.json',
].map((path) => new URL(path, worker.registration.scope).href);
const [PAGE] = FILES;

worker.addEventListener('install', (event) => {
  worker.skipWaiting();
  event.waitUntil(download());
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(adoptOpenPages().then(() => worker.clients.claim()));
});

worker.addEventListener('fetch', (event) => {
  if (FOR_DEVICE.test(event.request.url.slice(worker.registration.scope.length)))
    event.respondWith(kept(event.request));
  const url = event.request.url.replace(/[?#].*/, '').replace(/index\.html$/, '');
  if (event.request.method !== 'GET' || !FILES.includes(url)) return;
  if (event.request.mode === 'navigate') {
    event.respondWith(openPage(event));
    event.waitUntil(refresh(event.resultingClientId).catch(() => {})); // Without a network there is nothing new.
  } else {
    event.respondWith(fileFor(event, url));
  }
});

/** @param {FetchEvent} event */
async function openPage({ request, resultingClientId }) {
  const version = await recall(NEWEST);
  const page = await find(version, PAGE);
  if (!version || !page) return fetch(request);
  await remember(resultingClientId, version);
  return page;
}

/**
 * A file for a page that was opened from a version. Other pages, such as that of the API, are no version's: their files
 * come from the server, as they did themselves, and from the newest version only without a network.
 * @param {FetchEvent} event
 * @param {string} url
 */
async function fileFor({ request, clientId }, url) {
  const file = await find(await recall(clientId), url);
  if (file) return file;
  try {
    return await fetch(request);
  } catch (unreachable) {
    const copy = await find(await recall(NEWEST), url);
    if (copy) return copy;
    throw unreachable;
  }
}

/** @param {Request} request of a file that never changes */
async function kept(request) {
  const cache = await caches.open(DEVICE);
  const copy = await cache.match(request.url);
  if (copy) return copy;
  const file = await fetch(request);
  if (file.ok) await cache.put(request.url, file.clone()).catch(() => {});
  return file;
}

/**
 * Looks for a new version. If that has a new worker, the new worker downloads it.
 * @param {string} opening id of the page that is being opened
 */
async function refresh(opening) {
  const { registration } = worker;
  await registration.update();
  if (!registration.installing && !registration.waiting) await download();
  await deleteUnused(opening);
}

/**
 * Downloads the newest version. What the browser's HTTP cache has is only compared with the server's. If the server gets
 * another version meanwhile, the files do not belong together, so two downloads in a row must agree.
 */
async function download() {
  let version = '';
  for (let i = 0; i < MOST_DOWNLOADS && version !== (await recall(NEWEST)); i++) {
    const files = await fetchFiles();
    const found = PREFIX + (await digest(files));
    if (found === version) await store(version, files);
    version = found;
  }
}

/** One after the other, so that the page's own requests do not have to wait. @returns {Promise<Response[]>} */
async function fetchFiles() {
  const files = [];
  for (const url of FILES) {
    const file = await fetch(url, { cache: 'no-cache' });
    if (!file.ok) throw new Error(`${file.status} for ${url}`);
    files.push(file);
  }
  return files;
}

/** @param {Response[]} files */
async function digest(files) {
  const content = new Blob(await Promise.all(files.map((file) => file.clone().arrayBuffer())));
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', await content.arrayBuffer()));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @param {string} version @param {Response[]} files */
async function store(version, files) {
  const cache = await caches.open(version);
  await Promise.all(files.map((file, i) => cache.put(FILES[i], file)));
  await remember(NEWEST, version);
}

/** @param {string | undefined} version @param {string} url */
async function find(version, url) {
  return version === undefined ? undefined : (await caches.open(version)).match(url);
}

/** The pages that were open before there was a worker have just loaded the version that it has downloaded. */
async function adoptOpenPages() {
  const version = await recall(NEWEST);
  for (const { id, url } of await worker.clients.matchAll({ includeUncontrolled: true })) {
    const isUnknown = url.replace(/[?#].*/, '') === PAGE && !(await recall(id));
    if (isUnknown && version) await remember(id, version);
  }
}

/** @param {string} key {@link NEWEST} or the id of a page @param {string} version */
async function remember(key, version) {
  if (key !== NEWEST) opened.set(key, version);
  await (await caches.open(STATE)).put(key, new Response(version));
}

/** @param {string} key @returns {Promise<string | undefined>} */
async function recall(key) {
  return opened.get(key) ?? (await (await caches.open(STATE)).match(key))?.text();
}

/** Forgets pages that were closed, and deletes the versions that only they were opened with. @param {string} opening */
async function deleteUnused(opening) {
  const pages = await worker.clients.matchAll({ includeUncontrolled: true });
  const keys = [NEWEST, opening, ...pages.map(({ id }) => id)];
  const state = await caches.open(STATE);
  for (const { url } of await state.keys()) {
    const key = url.slice(url.lastIndexOf('/') + 1);
    if (keys.includes(key)) continue;
    opened.delete(key);
    await state.delete(url);
  }
  const used = [STATE, ...(await Promise.all(keys.map(recall)))];
  for (const name of await caches.keys()) {
    if (name === FORMER || (name.startsWith(PREFIX) && !used.includes(name))) await caches.delete(name);
  }
}
