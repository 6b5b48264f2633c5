/**
 * The Socket.IO server: netty-socketio on a bootstrap of our own, with handlers for what it does
 * otherwise than the protocol. Knows sessions, connections and who takes events, but no Camel
 * route; routes are an {@link courier.socketio.server.EventHandler} to it.
 */
package courier.socketio.server;
