/**
 * The sessions of Engine.IO: what a client is connected by, who it is, which events it gets and
 * which of its own wait. Knows netty-socketio and the feed, but no handler of the server.
 */
package courier.socketio.session;
