/**
 * @file The page in Firefox, as a person uses it: draws, clicks and reads.
 */
import { readFileSync } from 'node:fs';
import puppeteer from 'puppeteer-core';

/** @typedef {{name: string, label: string, brush: number, strokes: [number, number][][]}} Golden */
/** @typedef {Pick<import('puppeteer-core').Mouse, 'move' | 'down' | 'up'>} Pointer */

/** Side of the sheet in sheet units. */
const SHEET = 280;
/** @type {Golden[]} */
const drawings = JSON.parse(readFileSync(new URL('../../resources/golden/drawings.json', import.meta.url), 'utf8'));

/** The drawing of that name, such as `upper-r`. @param {string} name */
export function golden(name) {
  const found = drawings.find((drawing) => drawing.name === name);
  if (!found) throw new Error(`no drawing is named ${name}`);
  return found;
}

/** @param {Record<string, unknown>} [preferences] as in `about:config` */
export const launchFirefox = (preferences = {}) =>
  puppeteer.launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
    extraPrefsFirefox: { 'intl.accept_languages': 'en', ...preferences },
  });

export class FirefoxPage {
  /** @type {string[]} warnings, errors and refused requests, in words */
  console = [];
  #page;

  /** @param {import('puppeteer-core').Page} page */
  constructor(page) {
    this.#page = page;
    page.on('console', (message) => {
      if (['warn', 'error', 'assert'].includes(message.type())) this.console.push(message.text());
    });
    page.on('pageerror', (error) => this.console.push(String(error)));
    page.on('response', (response) => {
      if (response.status() >= 400) this.console.push(`${response.status()} ${response.url()}`);
    });
  }

  /**
   * Opens the page in a tab without any stored data, and waits until it knows the server's model.
   * @param {import('puppeteer-core').Browser} browser
   * @param {string} url
   */
  static async open(browser, url) {
    const context = await browser.createBrowserContext();
    const page = new FirefoxPage(await context.newPage());
    await page.resize(1280, 960);
    await page.goTo(url);
    await page.until(() => document.getElementById('model')?.textContent !== '');
    return page;
  }

  /** @param {string} url */
  async goTo(url) {
    await this.#page.goto(url);
  }

  async close() {
    await this.#page.browserContext().close();
  }

  async reload() {
    await this.#page.reload();
    await this.until(() => document.querySelector('#examples button') !== null);
  }

  /**
   * @param {number} width
   * @param {number} height
   */
  async resize(width, height) {
    await this.#page.setViewport({ width, height });
  }

  /** Calls a function in the page. @type {import('puppeteer-core').Page['evaluate']} */
  run = (action, ...values) => this.#page.evaluate(action, ...values);

  /**
   * Waits until a function in the page returns true.
   * @param {(...values: any[]) => unknown} condition
   * @param {unknown[]} values
   */
  async until(condition, ...values) {
    await this.#page.waitForFunction(condition, { timeout: 20_000 }, ...values);
  }

  /** The value of a property of an element, such as its `textContent`. @param {string} css @param {string} property */
  property(css, property) {
    return this.run((css, property) => /** @type {any} */ (document.querySelector(css))[property], css, property);
  }

  /** @param {string} css */
  count(css) {
    return this.run((css) => document.querySelectorAll(css).length, css);
  }

  /** @param {string} css */
  async click(css) {
    await this.#page.locator(css).click();
  }

  /** Chooses a segment, whose input is invisible. @param {string} name @param {string} value */
  async choose(name, value) {
    await this.click(`input[name=${name}][value=${value}] + span`);
  }

  /** @param {import('puppeteer-core').KeyInput} key */
  async press(key) {
    await this.#page.keyboard.press(key);
  }

  /** Opens a file as if a person had chosen it. @param {string} path */
  async openFile(path) {
    const input = /** @type {import('puppeteer-core').ElementHandle<HTMLInputElement>} */ (
      await this.#page.$('input#file')
    );
    await input.uploadFile(path);
  }

  get mouse() {
    return this.#page.mouse;
  }

  /** A finger, which moves only while it is down. @returns {Pointer} */
  get finger() {
    const { touchscreen } = this.#page;
    let position = [0, 0];
    /** @type {import('puppeteer-core').TouchHandle | null} */
    let touch = null;
    return {
      async move(x, y) {
        position = [x, y];
        await touch?.move(x, y);
      },
      async down() {
        touch = await touchscreen.touchStart(position[0], position[1]);
      },
      async up() {
        await touch?.end();
        touch = null;
      },
    };
  }

  /**
   * Draws with the drawing's own brush.
   * @param {Golden} drawing
   * @param {Pointer} [pointer]
   * @param {string} [canvas] the id of the sheet
   */
  async draw(drawing, pointer = this.mouse, canvas = 'pad') {
    const sheet = await this.run(
      (brush, canvas) => {
        const input = /** @type {HTMLInputElement} */ (document.getElementById('brush'));
        input.value = String(brush);
        input.dispatchEvent(new Event('input', { bubbles: true }));
        const { x, y, height } = /** @type {Element} */ (document.getElementById(canvas)).getBoundingClientRect();
        return { x, y, height };
      },
      drawing.brush,
      canvas,
    );
    for (const stroke of drawing.strokes) {
      const [first, ...rest] = stroke.map(
        ([x, y]) => /** @type {const} */ ([sheet.x + (x / SHEET) * sheet.height, sheet.y + (y / SHEET) * sheet.height]),
      );
      await pointer.move(...first);
      await pointer.down();
      for (const point of rest) await pointer.move(...point);
      await pointer.up();
    }
  }

  /** Waits until the answer belongs to what is on the sheet, and returns its best character. @returns {Promise<string>} */
  async answer() {
    await this.until(() => document.querySelector('#candidates:not([hidden]):not(.stale) button') !== null);
    return this.run(() => {
      const best = /** @type {Element} */ (document.querySelector('#candidates button'));
      return /** @type {Text} */ (document.createTreeWalker(best, NodeFilter.SHOW_TEXT).nextNode()).data.trim();
    });
  }

  /** Waits until a message begins with a text. @param {string} text */
  async message(text) {
    await this.until((text) => document.getElementById('message')?.textContent?.startsWith(text), text);
  }
}
