// Stock Socket.IO clients that do as they are told, for the tests.
//   node stock-client.mjs '{"urls": ["http://localhost:3001"], "sockets": 1, "events": true, "options": {"auth": {"clientId": "anna"}}}'
// urls: the sockets are spread over them; events: a line for each message; options: socket.io-client's own;
// version: of it, such as "4.5", if not the page's.
// Lines on stdin, SOCKET being a number or "all":
//   cut SOCKET       ends the connection without a word, as a network does; the client comes back by itself
//   go SOCKET URL    the same, but it comes back there
//   emit SOCKET JSON emits [name, argument, …] and tells the acknowledgement
//   report           prints how many messages came, how many of them again, and how many were left out
//   end
// Needs what `npm ci` of the build puts into target/web.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { Network } from './network.mjs';
import { Tally } from './tally.mjs';

const { urls, sockets: count = 1, events = false, options = {}, version } = JSON.parse(process.argv[2]);
const stock = createRequire(new URL('../../../target/web/package.json', import.meta.url))(version ? `socket.io-client-${version}` : 'socket.io-client');
const io = stock.io ?? stock; // the second version is the function itself
const print = (line) => process.stdout.write(JSON.stringify(line) + '\n');

class Client {
  tallies = {};
  network = new Network({ keepAlive: false }); // otherwise a poll that fails is sent again without a word

  constructor(i, url) {
    this.i = i;
    this.socket = io(url, { transports: ['websocket'], forceNew: true, agent: this.network, ...options });
    this.socket.on('connect', () => this.say('connect', { recovered: this.socket.recovered, id: this.socket.id }));
    this.socket.on('disconnect', (reason) => this.say('disconnect', { reason }));
    this.socket.on('connect_error', ({ message }) => this.say('connect_error', { message }));
    this.socket.on('newMessage', (message, cursor) => this.receive(message, cursor));
    this.socket.on('messageStatus', (...args) => this.say('messageStatus', { args }));
  }

  say(event, facts) {
    print({ event, i: this.i, ...facts });
  }

  receive({ _id: id, message }, cursor) {
    const [, name, conversation, number] = /^(.*)-(\d+)-(\d+)$/.exec(id) ?? [];
    if (name) (this.tallies[name] ??= new Tally()).add(+conversation, +number);
    if (events) this.say('message', { id, n: +number, cursor, text: message });
  }

  /** If it is away just now, as soon as it is back: who says so waits for it to be away once more. */
  cut() {
    if (this.socket.connected) this.#cut(this.socket.io.engine);
    else this.socket.once('connect', () => this.cut());
  }

  /**
   * For as long as it takes the client to notice, as it has two connections while it upgrades; the next connection
   * is another matter. But not between its last poll and the upgrade: it would notice only after the ping's timeout.
   */
  #cut(engine) {
    if (!this.socket.connected || this.socket.io.engine !== engine) return;
    if (!engine.upgrading) this.network.cut();
    setTimeout(() => this.#cut(engine), 5);
  }

  /** The manager takes its address anew for each connection, and the socket keeps its pid and offset. */
  go(url) {
    this.socket.io.uri = url;
    this.cut();
  }

  /** Without an acknowledgement after a while it emits the same again, as an application does. */
  emit(name, ...args) {
    this.socket.timeout(10_000).emit(name, ...args, (late, answer) => {
      if (late) this.emit(name, ...args);
      else this.say('ack', { name, answer });
    });
  }

  report() {
    return { i: this.i, connected: this.socket.connected, tallies: this.tallies };
  }
}

const clients = Array.from({ length: count }, (_, i) => new Client(i, urls[i % urls.length]));
const some = (which) => (which === 'all' ? clients : [clients[+which]]);

const commands = {
  cut: (which) => some(which).forEach((client) => client.cut()),
  go: (which, url) => some(which).forEach((client) => client.go(url)),
  emit: (which, ...json) => some(which).forEach((client) => client.emit(...JSON.parse(json.join(' ')))),
  report: () => print({ event: 'report', clients: clients.map((client) => client.report()) }),
  end: () => process.exit(0),
};
createInterface({ input: process.stdin })
  .on('line', (line) => {
    const [command, ...rest] = line.split(' ');
    commands[command](...rest);
  })
  .on('close', commands.end);
