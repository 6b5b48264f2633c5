import { showDeadLetters } from "./dead-letters.js";
import { byId } from "./elements.js";
import { listen } from "./live.js";
import { arrive, catchUp } from "./messages.js";
import { ask } from "./problem.js";
import { sendTo } from "./send.js";

const { sendUrl, sendPort, clientId } = await ask("page-settings.json").then(
  (response) => response.json(),
  (problem) => {
    byId("notice").textContent = `This page cannot start: ${problem.detail} Reload it in a moment.`;
    throw problem;
  },
);
const url = sendUrl ?? `${location.protocol}//${location.hostname}:${sendPort}/send-message`;
const example = JSON.stringify({ from: "clientA", to: clientId, message: "Hello" }).replaceAll("'", "'\\''");

byId("curl").textContent = `curl ${url} \\\n  -H 'Content-Type: application/json' \\\n  -d '${example}'`;
byId("dead-curl").textContent = `curl ${location.origin}/dead-letters`;

sendTo(url, clientId);
catchUp();
listen({ onConnect: catchUp, onMessage: arrive });
showDeadLetters();
