/**
 * @file The main flows of the page in Firefox, at the server whose address is in PAGE. FIREFOX names another browser than
 * Debian's.
 */
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { Gateway } from './gateway.js';
import { FirefoxPage, golden, launchFirefox } from './page.js';

const R = golden('upper-r');
const K = golden('upper-k');

const gateway = new Gateway(new URL(process.env.PAGE ?? 'http://localhost:8080/'));
after(() => gateway.close());

for (const [name, preferences] of /** @type {[string, Record<string, unknown>][]} */ ([
  ['Firefox', {}],
  ['Firefox that resists fingerprinting', { 'privacy.resistFingerprinting': true }],
])) {
  describe(name, () => {
    /** @type {import('puppeteer-core').Browser} */
    let browser;
    /** @type {FirefoxPage} */
    let page;

    // The protection changes what is read from a canvas. The other flows run once.
    const unprotected = 'privacy.resistFingerprinting' in preferences ? () => {} : test;

    before(async () => {
      browser = await launchFirefox(preferences);
    });
    after(() => browser.close());
    beforeEach(async () => {
      await gateway.open();
      page = await FirefoxPage.open(browser, gateway.address);
    });
    afterEach(async () => {
      await page.close();
      assert.deepEqual(page.console, [], 'in the console');
    });

    for (const drawing of ['digit-3', 'upper-r', 'upper-k', 'lower-g'].map(golden)) {
      test(`${drawing.name} drawn with the mouse is read`, async () => {
        await page.draw(drawing);
        assert.equal(await page.answer(), drawing.label);
      });
    }

    test('a drawing made with a finger is read', async () => {
      await page.resize(390, 844);
      await page.draw(R, page.finger);
      assert.equal(await page.answer(), 'R');
    });

    unprotected('a person who draws sees no focus ring, and one who uses the keyboard does', async () => {
      const ring = () => page.run(() => document.querySelector('#pad:focus-visible') !== null);
      await page.draw(R);
      assert.equal(await page.run(() => document.activeElement?.id), 'pad');
      assert.equal(await ring(), false);
      await page.press('Tab');
      await page.run(() => document.getElementById('pad')?.focus());
      assert.equal(await ring(), true);
    });

    unprotected('strokes are undone, redone and cleared', async () => {
      await page.draw(K);
      assert.equal(await page.answer(), 'K');
      for (let i = 0; i < K.strokes.length; i++) await page.click('#undo');
      assert.equal(await page.property('#candidates', 'hidden'), true);
      assert.equal(await page.property('#undo', 'disabled'), true);
      for (let i = 0; i < K.strokes.length; i++) await page.click('#redo');
      assert.equal(await page.answer(), 'K');
      await page.click('#clear');
      assert.equal(await page.property('#candidates', 'hidden'), true);
    });

    unprotected('a chosen candidate enters the text, and both outlive a reload', async () => {
      await page.draw(R);
      await page.answer();
      await page.click('#candidates li:first-child button');
      assert.equal(await page.property('#text', 'value'), 'R');
      await page.reload();
      assert.equal(await page.property('#text', 'value'), 'R');
      assert.equal(await page.answer(), 'R');
    });

    test('finished drawings are in the history after a reload', async () => {
      await page.draw(R);
      await page.answer();
      await page.click('#clear');
      await page.reload();
      await page.until(() => document.querySelector('#history .restore') !== null);
      await page.click('#history .restore');
      assert.equal(await page.answer(), 'R');
    });

    test('a picture file is read', async () => {
      await page.openFile(resolve('../resources/golden/digit-3.png'));
      assert.equal(await page.answer(), '3');
    });

    unprotected('the page is there without the server, and goes on when the server returns', async () => {
      await page.run(async () => {
        await navigator.serviceWorker.ready;
        while (!(await caches.match('./'))) await new Promise((done) => setTimeout(done, 50));
      });
      gateway.close();
      await page.reload();
      await page.draw(R);
      await page.message('The server cannot be reached.');
      await gateway.open();
      await page.click('#predict');
      assert.equal(await page.answer(), 'R');
    });

    unprotected('drawings are read without the server after a reload', async () => {
      await page.run(() => navigator.serviceWorker.ready.then(() => {}));
      await page.until(() => navigator.serviceWorker.controller !== null);
      await page.click('#settings-open');
      await page.choose('device', 'device');
      await page.press('Escape');
      await page.message('This device now reads by itself.');
      gateway.close();
      await page.reload();
      await page.message('The server cannot be reached. This device reads by itself.');
      await page.draw(R);
      assert.equal(await page.answer(), 'R');
      await page.choose('mode', 'text');
      await page.until(() => (document.getElementById('line')?.clientHeight ?? 0) > 0);
      await page.draw(K, page.mouse, 'line');
      await page.until(() => document.querySelector('#words:not(.stale, .live) .word')?.textContent === 'K');
    });

    unprotected('theme and language are applied and remembered', async () => {
      const paper = () => page.run(() => getComputedStyle(document.body).backgroundColor);
      const light = await paper();
      await page.click('#settings-open');
      await page.choose('theme', 'dark');
      await page.choose('language', 'de');
      await page.press('Escape');
      await page.until(() => document.documentElement.lang === 'de');
      await page.reload();
      await page.until(() => document.documentElement.lang === 'de');
      assert.notEqual(await paper(), light);
      assert.equal(await page.property('#predict', 'textContent'), 'Erkennen');
    });

    unprotected('nothing is cut off sideways', async () => {
      await page.draw(R);
      await page.answer();
      for (const [width, height] of [
        [360, 740],
        [740, 360],
        [820, 1180],
        [1440, 900],
      ]) {
        await page.resize(width, height);
        const beyond = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
        assert.equal(await page.run(beyond), 0, `${width}x${height}`);
      }
    });

    unprotected('the API page and unknown addresses have no errors', async () => {
      await page.goTo(`${gateway.address}api.html`);
      await page.until(() => document.querySelectorAll('#operations section').length > 3);
      await page.goTo(`${gateway.address}nothing`);
      assert.equal(await page.property('h1', 'textContent'), 'There is nothing at this address.');
      assert.deepEqual(page.console.splice(0), [`404 ${gateway.address}nothing`]);
    });
  });
}
