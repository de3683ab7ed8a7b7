/**
 * @file A TCP proxy in front of the server, which tests can close.
 */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

export class Gateway {
  /** @type {Set<import('node:net').Socket>} */
  #sockets = new Set();
  #listener;
  #port = 0;

  /** @param {URL} server */
  constructor(server) {
    this.#listener = createServer((client) => {
      const upstream = connect(Number(server.port), server.hostname);
      for (const [socket, other] of [
        [client, upstream],
        [upstream, client],
      ]) {
        this.#sockets.add(socket);
        socket.on('error', () => other.destroy());
        socket.on('close', () => this.#sockets.delete(socket));
        socket.pipe(other);
      }
    });
  }

  /** Accepts connections, always at the same address. */
  async open() {
    if (this.#listener.listening) return;
    this.#listener.listen(this.#port, '127.0.0.1');
    await once(this.#listener, 'listening');
    this.#port = /** @type {import('node:net').AddressInfo} */ (this.#listener.address()).port;
  }

  /** Cuts all connections and refuses new ones. */
  close() {
    this.#listener.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  get address() {
    return `http://127.0.0.1:${this.#port}/`;
  }
}
