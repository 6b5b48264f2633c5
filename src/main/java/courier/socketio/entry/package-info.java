/**
 * The way from an HTTP server of Vert.x to the Socket.IO server, so that both are one origin:
 * WebSockets are handed over, polls are passed on.
 */
package courier.socketio.entry;
