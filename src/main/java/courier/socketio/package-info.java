/** A Camel component, scheme {@code socketio}: pushes exchanges to connected Socket.IO clients. */
package courier.socketio;
