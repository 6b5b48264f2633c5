import { byId } from "./elements.js";
import { isSignedIn, tokenShown } from "./identity.js";
import { ask } from "./problem.js";
import { io } from "./socket.io.esm.min.js";

const ATTEMPTS_UNTIL_OFFLINE = 4;
const AFTER_CLOSED = 1_000;
const AFTER_REFUSED = 30_000;
const ANSWER_WITHIN = 15_000;

/**
 * Keeps a Socket.IO connection of `clientId` and says in #connection how it is. `onConnect` is told whether Socket.IO
 * brings by itself what was missed. Returns {emit, hangUp}: `emit` resolves to the answer to an event, and throws a
 * problem; `hangUp` ends the connection for good.
 */
export function listen(clientId, { onConnect, onMessage, onStatus }) {
  const indicator = byId("connection");
  const socket = io({
    auth: (send) => send(isSignedIn() ? { token: tokenShown() } : { clientId }),
    forceNew: true,
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    reconnectionDelayMax: 5_000,
  });
  const ended = new AbortController();
  const { signal } = ended;
  let attempts = 0;
  let timer;

  const show = (state, text, refusal = "") => {
    indicator.dataset.state = state;
    if (indicator.textContent !== text) indicator.textContent = text;
    byId("refusal").textContent = refusal;
  };
  const showWaiting = () => {
    const offline = !navigator.onLine || attempts >= ATTEMPTS_UNTIL_OFFLINE;
    if (offline) show("offline", "Offline, still trying");
    else show("reconnecting", "Reconnecting…");
  };
  const connectIn = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(() => socket.connect(), delay);
  };

  socket.on("connect", () => {
    attempts = 0;
    show("connected", "Connected");
    onConnect(socket.recovered);
  });
  socket.on("disconnect", (reason) => {
    showWaiting();
    // The one case in which Socket.IO does not come back by itself.
    if (reason === "io server disconnect") connectIn(AFTER_CLOSED);
  });
  /** Whether it was for the token, and there is another one now: by HTTP one is asked for it. */
  const hasNewToken = async () => {
    const refused = tokenShown();
    if (isSignedIn()) await ask("/me").catch(() => null);
    return tokenShown() !== refused;
  };

  socket.on("connect_error", async ({ message }) => {
    attempts += 1;
    if (socket.active) return showWaiting();
    // The server's own answer: it will say the same until somebody does something about it.
    show("offline", "Not connected");
    const isNew = await hasNewToken();
    if (signal.aborted) return;
    if (isNew) return connectIn(0);
    show("offline", "Not connected", `${clientId} is not connected, so nothing arrives here by itself. ${message}`);
    connectIn(AFTER_REFUSED);
  });
  socket.on("newMessage", (message) => onMessage(message));
  socket.on("messageStatus", (status) => onStatus(status));

  window.addEventListener("offline", () => socket.connected || showWaiting(), { signal });
  window.addEventListener("online", () => socket.connected || socket.disconnect().connect(), { signal });
  show("reconnecting", "Connecting…");

  return {
    async emit(event, argument) {
      // Socket.IO would keep it until there is a connection, however late.
      if (!socket.connected) throw new Error("There is no connection.");
      const answer = await socket.timeout(ANSWER_WITHIN).emitWithAck(event, argument);
      if (answer?.error) throw answer.error;
      return answer;
    },
    hangUp() {
      ended.abort();
      clearTimeout(timer);
      socket.off().disconnect();
    },
  };
}
