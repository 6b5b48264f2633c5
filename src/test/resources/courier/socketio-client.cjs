// A stock Socket.IO client: prints "connected", then every newMessage as a line of JSON.
// node socketio-client.cjs <address> <transport>
const { io } = require("socket.io-client");

const [address, transport] = process.argv.slice(2);
const socket = io(address, { transports: [transport], reconnection: false });

socket.on("connect", () => console.log("connected"));
socket.on("newMessage", (...received) => console.log(JSON.stringify(received)));
socket.on("connect_error", (error) => {
  console.error(error.message);
  process.exit(1);
});
