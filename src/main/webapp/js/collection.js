/**
 * @file Records that are kept on this device, in IndexedDB. All tabs share them.
 */
import { tellNotKept } from './store.js';

const NAME = 'neural-ink';
/** How many of the oldest records may make room for new ones. */
const MOST_DROPPED = 3;

/** @type {Promise<IDBDatabase> | undefined} */
let database;

const open = () =>
  (database ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      for (const name of ['history', 'labelled']) request.result.createObjectStore(name, { keyPath: 'id' });
    };
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      request.result.onclose = () => (database = undefined);
      // A newer version of the page, in another tab, waits for this one.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
  }));

/** Changes show at once and are stored afterwards. Where that fails, they last until the page is left. @template {{id: number}} T */
export class Collection {
  #name;
  #read;
  #onChange;
  /** @type {BroadcastChannel | undefined} */
  #otherTabs;
  /** @type {Map<number, T>} */
  #records = new Map();
  /** What is to be stored, or deleted where it is null. @type {Map<number, T | null>} */
  #pending = new Map();
  /** Ends when all that was started has ended. */
  settled = Promise.resolve();

  /** @param {string} name @param {(stored: any) => T | null} read checks a record @param {() => void} onChange also of another tab */
  constructor(name, read, onChange) {
    this.#name = name;
    this.#read = read;
    this.#onChange = onChange;
    this.#enqueue(() => this.#load());
    try {
      this.#otherTabs = new BroadcastChannel(`${NAME}.${name}`);
      this.#otherTabs.onmessage = () => this.#enqueue(() => this.#load());
    } catch {
      // Storage is forbidden.
    }
  }

  /** Newest first. */
  get records() {
    return [...this.#records.values()].sort((a, b) => b.id - a.id);
  }

  get isStored() {
    return this.#pending.size === 0;
  }

  /** When a new record is added, in milliseconds. The fraction differs between tabs. */
  get nextId() {
    return Math.max(Date.now(), ...[...this.#records.keys()].map((id) => Math.floor(id) + 1)) + Math.random();
  }

  /** @param {T[]} stored new ones, or with the id of those they replace @param {T[]} [deleted] */
  change(stored, deleted = []) {
    for (const { id } of deleted) this.#pending.set(id, null);
    for (const record of stored) this.#pending.set(record.id, record);
    this.#applyPending();
    this.#enqueue(() => this.#save());
  }

  /** @param {() => Promise<void>} action */
  #enqueue(action) {
    this.settled = this.settled.then(action).catch(tellNotKept);
  }

  async #load() {
    const stored = await this.#transact('readonly', (store) => store.getAll());
    const records = stored.map(this.#read).filter((/** @type {T | null} */ record) => record);
    this.#records = new Map(records.map((/** @type {T} */ record) => [record.id, record]));
    this.#applyPending();
  }

  #applyPending() {
    for (const [id, record] of this.#pending) record ? this.#records.set(id, record) : this.#records.delete(id);
    this.#onChange();
  }

  async #save() {
    const changes = new Map(this.#pending);
    for (let dropped = 0; ; dropped++) {
      try {
        await this.#write(changes);
        break;
      } catch (cause) {
        const oldest = this.records.filter(({ id }) => !changes.has(id)).pop();
        if (/** @type {Error} */ (cause)?.name !== 'QuotaExceededError' || !oldest || dropped === MOST_DROPPED)
          throw cause;
        await this.#write(new Map([[oldest.id, null]]));
        this.#records.delete(oldest.id);
        this.#onChange();
      }
    }
    for (const [id, record] of changes) if (this.#pending.get(id) === record) this.#pending.delete(id);
  }

  /** @param {Map<number, T | null>} changes */
  async #write(changes) {
    await this.#transact('readwrite', (store) => {
      // JSON leaves out what a picture holds for this visit only.
      for (const [id, record] of changes) record ? store.put(JSON.parse(JSON.stringify(record))) : store.delete(id);
    });
    this.#otherTabs?.postMessage('');
  }

  /** @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest | void} use @returns {Promise<any>} */
  async #transact(mode, use) {
    const transaction = (await open()).transaction(this.#name, mode);
    const request = use(transaction.objectStore(this.#name));
    transaction.commit?.(); // The page may be left before the browser does so itself.
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onabort = () => reject(transaction.error);
    });
  }
}
