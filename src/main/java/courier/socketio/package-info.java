/**
 * A Camel component, scheme {@code socketio}: sends exchanges to connected Socket.IO clients, and
 * starts routes with what they emit. Of the server it uses {@link
 * courier.socketio.server.SocketioServer}, of the feed what that one hands out.
 */
package courier.socketio;
