import { Agent } from 'node:http';

/** Knows the TCP connections of its client, whatever the transport. */
export class Network extends Agent {
  #open = new Set();

  createConnection(...args) {
    const socket = super.createConnection(...args);
    this.#open.add(socket);
    return socket.once('close', () => this.#open.delete(socket));
  }

  cut() {
    this.#open.forEach((socket) => socket.destroy());
  }
}
