import { showDeadLetters } from "./dead-letters.js";
import { byId, element } from "./elements.js";
import { listen } from "./live.js";
import { arrive, catchUp, changeStatus, open, showMessagesOf, showSent } from "./messages.js";
import { Names } from "./names.js";
import { ask } from "./problem.js";
import { sendTo } from "./send.js";
import { introduce } from "./who.js";

const settings = await ask("page-settings.json").then(
  (response) => response.json(),
  (problem) => {
    byId("notice").textContent = `This page cannot start: ${problem.detail} Reload it in a moment.`;
    throw problem;
  },
);
const url = settings.sendUrl ?? `${location.protocol}//${location.hostname}:${settings.sendPort}/send-message`;
const names = new Names(settings);
let line;

introduce(names, {
  become(clientId, to) {
    document.title = `${clientId} · Courier`;
    line?.hangUp();
    showCommand(clientId);
    line = listen(clientId, { onConnect: catchUp, onMessage: arrive, onStatus: changeStatus });
    showMessagesOf(clientId, to, line.emit);
  },
  address: open,
});
sendTo(url, showSent);
if (document.activeElement === document.body) byId("message").focus({ preventScroll: true });
if (names.pair) byId("pair").replaceChildren(...names.pair.flatMap((name) => [tab(name), " and "]).slice(0, -1));
byId("two").hidden = !names.pair;
byId("dead-curl").textContent = `curl ${location.origin}/dead-letters`;
showDeadLetters();

function showCommand(clientId) {
  const to = names.keeps(clientId) ? clientId : names.first;
  const from = names.otherThan(to);
  const message = { from: from && from !== to ? from : "clientA", to, message: "Hello" };
  const example = JSON.stringify(message).replaceAll("'", "'\\''");
  byId("curl").textContent = `curl ${url} \\\n  -H 'Content-Type: application/json' \\\n  -d '${example}'`;
}

function tab(name) {
  const query = `?${new URLSearchParams({ as: name })}`;
  return element("a", { href: query, target: "_blank", rel: "noopener" }, `/${query}`);
}
