/**
 * @file Recognition on this device: always if a person chose so, and otherwise where the server cannot be reached. What it
 * needs, about 27 MB, is kept here. Photos, which have to be cleaned, are left to the server.
 */
import { loadLaterTexts, t } from './i18n.js';
import { showMessage, showUsually } from './message.js';
import { device, Problem } from './predict.js';
import { load, save } from './store.js';

/** @typedef {import('./protocol').PredictRequest} PredictRequest */
/** @typedef {import('./protocol').Answer} Answer */

/** Where the files are kept. The service worker takes them from there. */
const CACHE = `neural-ink device ${new URL('.', document.baseURI)}`;
/** The setting, and its value if a person chose that this device always reads. */
const SETTING = 'device';
const ALWAYS = 'device';
/** Where the description of the models is kept. */
const MODEL = 'model';
/** The endpoint of text. */
const TEXT = 'predict/text';
/** Problems of a server that answers, but cannot read now. */
const BUSY = ['busy', 'not-ready'];

/** Runs the models in a worker. */
class WorkerClient {
  #worker = new Worker(new URL('device/worker.js', import.meta.url), { type: 'module' });
  /** @type {Map<number, {resolve: (result: any) => void, reject: (cause: unknown) => void}>} */
  #pending = new Map();
  #id = 0;

  constructor() {
    this.#worker.addEventListener('message', ({ data: { id, result, error, problem } }) => {
      const { resolve, reject } = /** @type {any} */ (this.#pending.get(id));
      this.#pending.delete(id);
      if (problem) reject(new Problem(problem.status, problem.kind));
      else if (error) reject(new Error(error));
      else resolve(result);
    });
    this.#worker.addEventListener('error', (event) => {
      event.preventDefault();
      for (const { reject } of this.#pending.values()) reject(new Error(event.message));
      this.#pending.clear();
    });
  }

  /** @param {string} task @param {object} request @returns {Promise<any>} */
  send(task, request) {
    const id = this.#id++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#worker.postMessage({ id, task, request });
    });
  }

  end() {
    this.#worker.terminate();
  }
}

class Device {
  #model;
  #mode;
  /** Whether the server could not be reached, and has not been heard of since. */
  #isServerAway = false;
  /** Whether the page has said that this device reads meanwhile. */
  #readsAlone = false;
  /** @type {Promise<WorkerClient> | null} */
  #client = null;
  /** Resolves when the worker has loaded what it needs for text. @type {Promise<unknown> | null} */
  #text = null;
  /** The addresses of the files that the worker works with. */
  #loaded = '';

  /** @param {import('./main.js').Parts} parts */
  constructor({ model, mode }) {
    this.#model = model;
    this.#mode = mode;
    model.addEventListener('change', () => this.#onModel());
    model.addEventListener('described', () => this.#onServerBack());
    device.ask = (request, problem) => this.#ask(request, problem);
    if (model.description) this.#onModel();
    else model.recall(load(MODEL, null));
  }

  #onModel() {
    save(MODEL, this.#model.description);
    const isDear = /** @type {any} */ (navigator).connection?.saveData;
    if (!isDear || this.isPreferred) this.keep().catch(() => {}); // The next page tries again.
  }

  /** The server cannot be reached. If this device can read, it does so until the server is back, and the page says so. */
  async missServer() {
    this.#isServerAway = true;
    const client = await this.#clientForNow();
    if (client && document.documentElement.dataset.mode === 'text') await this.#startText(client);
    if (!client || !this.#isServerAway || this.#readsAlone) return;
    this.#readsAlone = true;
    showUsually('onDevice');
    this.#mode().recognizer.resume();
  }

  #onServerBack() {
    this.#isServerAway = this.#readsAlone = false;
    showUsually(null);
  }

  get isPreferred() {
    return load(SETTING, /** @type {string} */ ('server')) === ALWAYS;
  }

  /** Whether this browser and the server have what it takes. A server may have no runtime for browsers. */
  get #canRead() {
    return Boolean(globalThis.WebAssembly && this.#model.description?.runtime);
  }

  /** The addresses of the files. They name a version or a hash, so what is kept never becomes outdated. */
  get #addresses() {
    const { hashes, runtime, text } = /** @type {import('./protocol').Description} */ (this.#model.description);
    const absolute = (/** @type {string} */ path) => new URL(path, document.baseURI).href;
    return {
      characters: {
        runtime: absolute(`${runtime}ort.wasm.bundle.min.mjs`),
        wasm: absolute(`${runtime}ort-wasm-simd-threaded.wasm`),
        file: absolute(`api/model/file?${hashes.file}`),
        descriptor: absolute(`api/model/descriptor?${hashes.descriptor}`),
      },
      text: text?.hashes && {
        file: absolute(`api/model/text/file?${text.hashes.file}`),
        descriptor: absolute(`api/model/text/descriptor?${text.hashes.descriptor}`),
        dictionary: absolute(`api/model/text/dictionary?${text.hashes.dictionary}`),
      },
    };
  }

  /** Keeps the files, and forgets those of other versions. @returns {Promise<boolean>} whether all are kept */
  async keep() {
    if (!this.#canRead || !globalThis.caches) return false;
    const { characters, text } = this.#addresses;
    const wanted = [...Object.values(characters), ...Object.values(text ?? {})];
    const cache = await caches.open(CACHE);
    for (const url of wanted) await keepFile(cache, url);
    const outdated = (await addressesOfKept()).filter((url) => !wanted.includes(url));
    await Promise.all(outdated.map((url) => cache.delete(url)));
    return areKept(wanted);
  }

  /** Starts to read on this device because a person wants it, and says whether that works. */
  async prepare() {
    showMessage(t('deviceLoading'));
    const client = await this.#clientForNow();
    if (!client) return showMessage(t('deviceUnavailable'), 'error');
    if (await this.keep().catch(() => false)) return showMessage(t('deviceReady'));
    await this.#startText(client); // It cannot be fetched without the server.
    showMessage(t('deviceNotKept'), 'warning');
  }

  /** @returns {Promise<WorkerClient>} with the model that the server has, or had when it was last reached */
  #start() {
    const addresses = JSON.stringify(this.#addresses);
    if (!this.#client || this.#loaded !== addresses) {
      this.#client?.then((client) => client.end());
      this.#loaded = addresses;
      this.#text = null;
      this.#client = this.#load();
      this.#client.catch(() => (this.#client = null));
    }
    return this.#client;
  }

  async #load() {
    const client = new WorkerClient();
    try {
      await client.send('loadCharacters', { addresses: this.#addresses.characters, labels: this.#model.classes });
      return client;
    } catch (cause) {
      client.end();
      throw cause;
    }
  }

  /**
   * @param {PredictRequest} request
   * @param {Problem} [problem] why the server does not answer; without one, it has not been asked
   * @returns {Promise<Answer | null>} null if the server should answer
   * @throws {Problem} if nobody can answer
   */
  async #ask(request, problem) {
    if (problem && (BUSY.includes(problem.kind) || problem.status === 429)) return null;
    if (problem && !this.#isServerAway) {
      this.missServer();
      this.#model.load(); // It asks until the server is back.
    }
    if (!this.#isServerAway && !this.isPreferred) return null;
    const client = await this.#clientForNow();
    if (!client) return null;
    const answer = await this.#answer(client, request);
    if (!answer && this.#isServerAway) throw new Problem(0, 'left-to-server');
    return answer;
  }

  /** Without the server, only what is kept can be started. @returns {Promise<WorkerClient | null>} */
  async #clientForNow() {
    if (!this.#canRead) return null;
    const canStart = this.#client || !this.#isServerAway || (await areKept(Object.values(this.#addresses.characters)));
    return canStart ? this.#start().catch(() => null) : null;
  }

  /** @param {WorkerClient} client @returns {Promise<boolean>} whether it can read text now */
  async #startText(client) {
    const { text } = this.#addresses;
    if (!text) return false;
    if (!this.#text && this.#isServerAway && !(await areKept(Object.values(text)))) return false;
    this.#text ??= client.send('loadText', text);
    return this.#text.then(
      () => true,
      () => {
        this.#text = null;
        return false;
      },
    );
  }

  /** @param {WorkerClient} client @param {PredictRequest} request @returns {Promise<Answer | null>} */
  async #answer(client, { path, drawing, options, guided }) {
    const isText = path === TEXT;
    if (isText && !(await this.#startText(client))) return null;
    const start = performance.now();
    const question = { strokes: drawing.strokes, picture: drawing.picture?.file, options: guided ?? options };
    const answer = await client.send(isText ? 'readText' : 'readCharacter', question).catch((cause) => {
      if (cause instanceof Problem) throw cause;
      return null;
    });
    return answer && { ...answer, millis: performance.now() - start };
  }
}

/** Keeps a file. The service worker does that, too, but on a first visit it may not be at work yet. @param {Cache} cache @param {string} url */
async function keepFile(cache, url) {
  if (await cache.match(url)) return;
  const file = await fetch(url);
  if (!file.ok) throw new Error(`${file.status} for ${url}`);
  if (!(await cache.match(url))) await cache.put(url, file);
}

async function addressesOfKept() {
  const requests = await (await globalThis.caches?.open(CACHE))?.keys();
  return requests?.map(({ url }) => url) ?? [];
}

/** @param {readonly string[]} addresses */
async function areKept(addresses) {
  const kept = await addressesOfKept();
  return addresses.every((url) => kept.includes(url));
}

/** @type {Promise<Device> | null} */
let instance = null;

/** Sets recognition on this device up, once. @param {import('./main.js').Parts} parts @param {boolean} [isServerAway] */
export async function setUpDevice(parts, isServerAway) {
  instance ??= loadLaterTexts().then(() => new Device(parts));
  const device = await instance;
  if (isServerAway) device.missServer();
  return device;
}
