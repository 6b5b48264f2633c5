import { showDeadLetters } from "./dead-letters.js";
import { showDoctor } from "./doctor.js";
import { byId, element } from "./elements.js";
import { listen } from "./live.js";
import { arrive, catchUp, changeStatus, open, showMessagesOf, showSent } from "./messages.js";
import { isSignedIn, whoIs } from "./identity.js";
import { Names } from "./names.js";
import { showPeople } from "./people.js";
import { askOnce } from "./problem.js";
import { showRoutes } from "./routes.js";
import { sendTo } from "./send.js";
import { signIn } from "./sign-in.js";
import { showWhoIsSignedIn } from "./signed-in.js";
import { openViews } from "./views.js";
import { introduce } from "./who.js";

const settings = await begin().catch((problem) => {
  byId("notice").textContent = `This page cannot start: ${problem.detail} Reload it in a moment.`;
  throw problem;
});
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
showWhoIsSignedIn();
sendTo(url, showSent);
showRoutes(new URL(url).origin);
showDoctor();
showPeople();
openViews();
if (document.activeElement === document.body) byId("message").focus({ preventScroll: true });
if (names.pair) byId("pair").replaceChildren(...names.pair.flatMap((name) => [tab(name), " and "]).slice(0, -1));
byId("two").hidden = !names.pair || isSignedIn();
byId("dead-curl").textContent = `curl ${location.origin}/dead-letters${withToken()}`;
showDeadLetters();

async function begin() {
  const settings = await askOnce("page-settings.json").then((response) => response.json());
  await signIn();
  return settings;
}

/** A terminal has the token where nobody reads it. */
function withToken() {
  return isSignedIn() ? " \\\n  -H \"Authorization: Bearer $(cat my.token)\"" : "";
}

function showCommand(clientId) {
  const to = names.keeps(clientId) ? clientId : names.first;
  const from = whoIs().name ?? names.otherThan(to);
  const message = { from: from && (from !== to || isSignedIn()) ? from : "clientA", to, message: "Hello" };
  const example = JSON.stringify(message).replaceAll("'", "'\\''");
  byId("curl").textContent = `curl ${url}${withToken()} \\\n  -H 'Content-Type: application/json' \\\n  -d '${example}'`;
}

function tab(name) {
  const query = `?${new URLSearchParams({ as: name })}`;
  return element("a", { href: query, target: "_blank", rel: "noopener" }, `/${query}`);
}
