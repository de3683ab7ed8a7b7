import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import english from '../../main/webapp/js/i18n/en.js';
import { lookAlikes } from '../../main/webapp/js/characters.js';

const webapp = new URL('../../main/webapp/', import.meta.url);
/** @param {string} path */
const read = (path) => readFileSync(new URL(path, webapp), 'utf8');
const html = read('index.html');
/** The description of the API is a page of its own. @param {string} path */
const ofTheApi = (path) => /(^|\/)api\./.test(path);

test('the page says in its markup what the English module says', () => {
  const marked = [...html.matchAll(/data-t="(\w+)"[^>]*>([^<]+)</g)];
  assert.ok(marked.length > 40);
  for (const [, key, content] of marked) assert.equal(content, english[/** @type {keyof typeof english} */ (key)]);
  const labelled = [...html.matchAll(/data-t-label="(\w+)" aria-label="([^"]+)"/g)];
  assert.ok(labelled.length > 5);
  for (const [, key, label] of labelled) assert.equal(label, english[/** @type {keyof typeof english} */ (key)]);
});

test('every English text is used', () => {
  const sources =
    html +
    readdirSync(new URL('js/', webapp))
      .filter((name) => name.endsWith('.js'))
      .map((name) => read(`js/${name}`))
      .join();
  const built = [
    'title',
    'description',
    'digitName',
    'capitalName',
    'smallName',
    'otherName',
    'capital',
    'small',
    'other',
  ];
  const unused = Object.keys(english).filter(
    (key) => !built.includes(key) && !new RegExp(`["']${key}["']`).test(sources),
  );
  assert.deepEqual(unused, []);
});

for (const code of ['de', 'es', 'fr']) {
  test(`${code} fills every gap that English has, and says something of its own`, async () => {
    const texts = (await import(`../../main/webapp/js/i18n/${code}.js`)).default;
    const gaps = (/** @type {string} */ text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
    assert.deepEqual(Object.keys(texts), Object.keys(english));
    for (const [key, text] of Object.entries(english)) assert.deepEqual(gaps(texts[key]), gaps(text), key);
    assert.notEqual(texts.prompt, english.prompt);
  });
}

test('the service worker keeps every file of the page', () => {
  const worker = read('sw.js');
  const files = ['js/', 'js/i18n/', 'css/', 'fonts/']
    .flatMap((folder) => readdirSync(new URL(folder, webapp)).map((name) => folder + name))
    .filter((path) => /\.(js|css|woff2)$/.test(path) && !ofTheApi(path));
  for (const path of files) assert.ok(worker.includes(`'${path}'`), path);
});

test('every module is fetched at once, not one after the other', () => {
  const modules = readdirSync(new URL('js/', webapp)).filter(
    (name) => name.endsWith('.js') && name !== 'early.js' && !ofTheApi(name),
  );
  for (const name of [...modules, 'i18n/en.js'])
    assert.match(html, new RegExp(`(modulepreload" href|module" src)="js/${name}"`), name);
});

test('nothing is fetched from elsewhere and nothing is inline', () => {
  assert.doesNotMatch(html, /(src|href)="(https?:)?\/\//);
  assert.doesNotMatch(html, / style="| on\w+="|<style|<script>|javascript:/);
  assert.doesNotMatch(
    html + read('css/page.css'),
    /(src|href|url\()="?\//,
    'addresses are relative, for any context root',
  );
});

// All languages and the service worker count; the PNG icons do not: systems fetch them when the page is installed.
test('the page with everything it loads is under 60 kB compressed', () => {
  const folders = ['', 'css/', 'js/', 'js/i18n/', 'fonts/', 'icons/'];
  const own = folders
    .flatMap((folder) => readdirSync(new URL(folder, webapp)).map((name) => folder + name))
    .filter((path) => /\.(html|css|js|svg|woff2|json)$/.test(path) && !ofTheApi(path));
  const bytes = own.reduce((sum, path) => sum + gzipSync(readFileSync(new URL(path, webapp)), { level: 6 }).length, 0);
  assert.ok(bytes < 60_000, `${bytes} bytes`);
});

/** @param {[string, number][]} ranked */
const candidates = (ranked) => ranked.map(([label, confidence]) => ({ label, confidence }));

test('0, O and o look alike when all are likely', () => {
  assert.deepEqual(
    lookAlikes(
      candidates([
        ['O', 0.5],
        ['0', 0.3],
        ['o', 0.15],
        ['Q', 0.05],
      ]),
    ),
    ['O', '0', 'o'],
  );
});

test('an unlikely twin is not worth a word', () => {
  assert.deepEqual(
    lookAlikes(
      candidates([
        ['O', 0.97],
        ['0', 0.02],
        ['o', 0.01],
      ]),
    ),
    [],
  );
});

test('other likely characters are no twins', () => {
  assert.deepEqual(
    lookAlikes(
      candidates([
        ['R', 0.5],
        ['A', 0.4],
        ['K', 0.1],
      ]),
    ),
    [],
  );
});
