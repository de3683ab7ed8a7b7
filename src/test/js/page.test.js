import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import english from '../../main/webapp/js/i18n/en.js';
import laterEnglish from '../../main/webapp/js/i18n/later/en.js';

const webapp = new URL('../../main/webapp/', import.meta.url);
/** @param {string} path */
const read = (path) => readFileSync(new URL(path, webapp), 'utf8');
const html = read('index.html');
const texts = /** @type {Record<string, string>} */ (english);
const laterTexts = /** @type {Record<string, string>} */ (laterEnglish);

/**
 * The files of the main page, without those of the API page and of the page for unknown addresses.
 * @param {string[]} folders
 * @param {RegExp} pattern
 */
const files = (folders, pattern) =>
  folders
    .flatMap((folder) => readdirSync(new URL(folder, webapp)).map((name) => folder + name))
    .filter((path) => pattern.test(path) && !/(^|\/)(api|document|not-found)\./.test(path));

test('the markup contains the English texts', () => {
  const contents = [...html.matchAll(/data-t="(\w+)"[^>]*>([^<]+)</g)];
  assert.ok(contents.length > 30);
  for (const [, key, content] of contents) assert.equal(content, texts[key]);
  const labels = [...html.matchAll(/data-t-label="(\w+)" aria-label="([^"]+)"/g)];
  assert.ok(labels.length > 5);
  for (const [, key, label] of labels) assert.equal(label, texts[key]);
  assert.ok(html.includes(`<title>${texts.title}</title>`));
  for (const key of ['description', 'padBlank', 'noAnswer']) assert.ok(html.includes(`"${texts[key]}"`), key);
});

test('every English text is used', () => {
  const sources = html + files(['js/', 'js/device/decoding/'], /\.js$/).map(read).join();
  // These keys are composed from the kind of a character, or read as properties.
  const composed = [
    'title',
    'description',
    ...['digit', 'capital', 'small', 'other'].flatMap((kind) => [kind, `${kind}Name`]),
  ];
  const unused = Object.keys({ ...texts, ...laterTexts }).filter(
    (key) => !composed.includes(key) && !new RegExp(`["']${key}["']`).test(sources),
  );
  assert.deepEqual(unused, []);
});

for (const code of ['de', 'es', 'fr']) {
  test(`${code} has the keys and placeholders of English`, async () => {
    const placeholders = (/** @type {string} */ text) =>
      [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
    for (const [folder, english] of /** @type {const} */ ([
      ['i18n', texts],
      ['i18n/later', laterTexts],
    ])) {
      const translated = (await import(`../../main/webapp/js/${folder}/${code}.js`)).default;
      assert.deepEqual(Object.keys(translated), Object.keys(english));
      for (const [key, text] of Object.entries(english)) {
        assert.deepEqual(placeholders(translated[key]), placeholders(text), key);
      }
      assert.notDeepEqual(translated, english);
    }
  });
}

test('a text that the page starts with is not among those that are loaded later', () => {
  assert.deepEqual(
    Object.keys(laterTexts).filter((key) => key in texts),
    [],
  );
});

test('early.js, i18n.js and the settings offer the languages that have a file', () => {
  const available = files(['js/i18n/'], /\.js$/).map((path) => path.slice(8, -3));
  const inEarly = read('js/early.js')
    .match(/\^\(([a-z|]+)\)\$/)?.[1]
    .split('|');
  const inModule = read('js/i18n.js')
    .match(/LANGUAGES = \[([^\]]+)\]/)?.[1]
    .match(/\w+/g);
  const inSettings = [...read('js/settings-dialog.js').matchAll(/name="language" value="(\w+)"/g)].map(
    ([, code]) => code,
  );
  for (const codes of [inEarly, inModule, inSettings]) assert.deepEqual(codes?.sort(), available.sort());
});

test('the service worker caches every file of the page', () => {
  const worker = read('sw.js');
  const paths = files(
    ['js/', 'js/device/', 'js/device/decoding/', 'js/device/text/', 'js/i18n/', 'js/i18n/later/', 'css/', 'fonts/'],
    /\.(js|css|woff2)$/,
  );
  for (const path of paths) assert.ok(worker.includes(`'${path}'`), path);
});

/** The module and all that it imports when it is loaded. @param {string} path @param {Set<string>} found @returns {Set<string>} */
function withImports(path, found = new Set()) {
  if (found.has(path)) return found;
  found.add(path);
  for (const [, name] of read(path).matchAll(/from '\.\/([\w/-]+\.js)';/g)) withImports(`js/${name}`, found);
  return found;
}
const first = withImports('js/main.js');
const later = files(['js/'], /\.js$/).filter((path) => path !== 'js/early.js' && !first.has(path));
const laterStyles = ['crop', 'dialog', 'guides', 'hand', 'heatmap', 'text'].map((name) => `css/${name}.css`);

test('the modules that the page starts with are preloaded, and no others', () => {
  const preloaded = [...html.matchAll(/(?:modulepreload" href|module" src)="(.+?)"/g)].map(([, path]) => path);
  assert.deepEqual(preloaded.sort(), [...first].sort());
});

test('the other modules are loaded when they are first used', () => {
  const sources = [...first, ...later].map(read).join();
  for (const path of later) assert.match(sources, new RegExp(`(import\\(|from )'\\.${path.slice(2)}'`), path);
});

test('links to the page are previewed with its texts and a small picture', () => {
  const property = (/** @type {string} */ name) => html.match(`<meta property="og:${name}" content="([^"]*)">`)?.[1];
  assert.equal(property('title'), texts.title);
  assert.equal(property('description'), texts.description);
  assert.equal(property('image'), '{address}icons/card.png');
  const picture = readFileSync(new URL('icons/card.png', webapp));
  assert.equal(picture.readUInt32BE(16), Number(property('image:width')));
  assert.equal(picture.readUInt32BE(20), Number(property('image:height')));
  assert.ok(picture.length < 40_000, `${picture.length} bytes`);
});

// Chrome 100, Firefox 100 and Safari 15.4 lack these.
test('the page works without what only newer browsers have', () => {
  const newer =
    /\.aria[A-Z]\w* =|AbortSignal\.(any|timeout)|\.(toSorted|toReversed|toSpliced|findLast)\(|withResolvers/;
  const scripts = [...files(['js/'], /\.js$/), 'sw.js'];
  assert.deepEqual(
    scripts.filter((path) => newer.test(read(path))),
    [],
  );
});

test('nothing is loaded from elsewhere and nothing is inline', () => {
  assert.doesNotMatch(html, /(src|href)="(https?:)?\/\//);
  assert.doesNotMatch(html, / style="| on\w+="|<style|<script>|javascript:/);
  const relative = 'all URLs are relative, so that the page works with any context root';
  assert.doesNotMatch(html + read('css/page.css'), /(src|href|url\()="?\//, relative);
});

// The service worker counts. What is fetched later does not: other languages, the modules of features that are loaded when they
// are first used, and the PNG icons, which are fetched when the page is installed.
test('the page with everything it starts with is under 70 kB compressed', () => {
  const all = files(['', 'css/', 'js/', 'js/i18n/', 'fonts/', 'icons/'], /\.(html|css|js|svg|woff2|json)$/);
  const own = all.filter((path) => ![...later, ...laterStyles].includes(path) && !/i18n\/(?!en)/.test(path));
  const sizes = own.map((path) => gzipSync(readFileSync(new URL(path, webapp)), { level: 6 }).length);
  const bytes = sizes.reduce((a, b) => a + b, 0);
  assert.ok(bytes < 70_000, `${bytes} bytes`);
});
