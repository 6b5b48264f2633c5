/**
 * Requests and packets as Engine.IO protocol v4 and Socket.IO protocol v5 have them, read and
 * written. Knows no session.
 */
package courier.socketio.packet;
