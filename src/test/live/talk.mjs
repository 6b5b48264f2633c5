// A talk by sockets alone: two stock clients send to each other, read, and see what the other has read, while one of
// them loses its connection again and again, and client B is killed twice. Says what came, and whether it is right.
//   node talk.mjs [MESSAGES=500, of each] [CUTS=20]
// Needs what `npm ci` of the build puts into target/web.
import { createRequire } from 'node:module';
import { courier } from './courier.mjs';
import { Network } from './network.mjs';
import { now, sleep } from './rpc.mjs';

const { io } = createRequire(new URL('../../../target/web/package.json', import.meta.url))('socket.io-client');
const [messages = 500, cuts = 20] = process.argv.slice(2).map(Number);
const { b: [url], instances: [clientB] } = await courier(1, { CLIENT_B_NAME: '*' });

class Person {
  got = [];
  answered = 0;
  refused = [];
  connections = 0;
  recovered = 0;
  told = {}; // up to where the other one has it
  network = new Network();

  constructor(name, partner) {
    Object.assign(this, { name, partner });
    // What is not acknowledged in time, or before the connection is lost, is sent once more, in its order.
    this.socket = io(url, { auth: { clientId: name }, agent: this.network, transports: ['websocket'], retries: 1_000, ackTimeout: 5_000 })
      .on('connect', () => {
        this.connections++;
        if (this.socket.recovered) this.recovered++;
      })
      .on('newMessage', ({ _id: id }) => {
        this.got.push(id);
        this.tell(this.got.length % 10 ? 'delivered' : 'read', id);
      })
      .on('messageStatus', ({ person, status, _id }) => { if (person === partner) this.told[status] = _id; });
  }

  tell(event, argument) {
    return new Promise((done) => {
      this.socket.emit(event, argument, (error, answer) => {
        if (error || answer.error) this.refused.push(error?.message ?? answer.error.detail);
        done();
      });
    });
  }

  id(number) {
    return `${this.name}-${number}`;
  }

  async talk() {
    for (let n = 1; n <= messages; n++) {
      await this.tell('send-message', { id: this.id(n), to: this.partner, message: `${n}` });
      this.answered++;
    }
  }

  get ids() {
    return Array.from({ length: messages }, (_, i) => this.id(i + 1));
  }
}

const anna = new Person('anna', 'bert'), bert = new Person('bert', 'anna'), both = [anna, bert];
while (!both.every((person) => person.connections)) await sleep(10); // who was never here gets what comes from then on
const began = now();
let over = false;
const talk = Promise.all(both.map((person) => person.talk())).then(() => { over = true; });
let cut = 0, killed = 0;
while (!over || cut < cuts) {
  await sleep(200 + Math.random() * 300);
  if (cut < cuts && anna.socket.connected) {
    anna.network.cut();
    cut++;
  }
  if (killed < 2 && anna.answered > ((killed + 1) * messages) / 3) {
    await clientB.kill();
    killed++;
    await clientB.start();
  }
}
await talk;
const until = now() + 30_000, whole = () => both.every((person) => person.got.length >= messages);
while (!whole() && now() < until) await sleep(50);
for (const person of both) await person.tell('read', person.got.at(-1));
await sleep(1_000); // for what would come twice, and for the last ticks
const list = async (name) => (await (await fetch(`${url}/conversations?clientId=${name}`)).json())[0];
let right = true;
for (const person of both) {
  const partner = person === anna ? bert : anna;
  const exact = JSON.stringify(person.got) === JSON.stringify(partner.ids);
  const { unread, delivered, read } = await list(person.name);
  const ticks = unread === 0 && delivered === person.id(messages) && read === delivered && person.told.read === read;
  right &&= exact && ticks && person.refused.length === 0;
  console.log(JSON.stringify({
    name: person.name, got: person.got.length, exactInOrder: exact, unread, delivered, read, told: person.told, ticks,
    missing: partner.ids.filter((id) => !person.got.includes(id)), twice: person.got.length - new Set(person.got).size,
    refused: person.refused, connections: person.connections, recovered: person.recovered,
  }));
}
console.log(JSON.stringify({ seconds: +((now() - began) / 1000).toFixed(1), cut, killed, right }));
process.exit(right ? 0 : 1);
