import { byId } from "./elements.js";
import { io } from "./socket.io.esm.min.js";

const ATTEMPTS_UNTIL_OFFLINE = 4;

/** Keeps the Socket.IO connection and says in #connection how it is. */
export function listen({ onConnect, onMessage }) {
  const indicator = byId("connection");
  const socket = io({ transports: ["websocket", "polling"], tryAllTransports: true, reconnectionDelayMax: 5_000 });
  let attempts = 0;

  const show = (state, text) => {
    indicator.dataset.state = state;
    if (indicator.textContent !== text) indicator.textContent = text;
  };
  const showWaiting = () => {
    const offline = !navigator.onLine || attempts >= ATTEMPTS_UNTIL_OFFLINE;
    if (offline) show("offline", "Offline, still trying");
    else show("reconnecting", "Reconnecting…");
  };

  socket.on("connect", () => {
    attempts = 0;
    show("connected", "Connected");
    onConnect();
  });
  socket.on("disconnect", (reason) => {
    showWaiting();
    // The one case in which Socket.IO does not come back by itself.
    if (reason === "io server disconnect") socket.connect();
  });
  socket.on("connect_error", () => {
    attempts += 1;
    showWaiting();
    if (!socket.active) setTimeout(() => socket.connect(), 5_000);
  });
  socket.on("newMessage", onMessage);

  window.addEventListener("offline", () => socket.connected || showWaiting());
  window.addEventListener("online", () => socket.connected || socket.disconnect().connect());
}
