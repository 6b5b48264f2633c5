/**
 * What a client may cost: connections of an address, packets and bytes of a client, and what may
 * wait for one that is slow. A session is only something {@link courier.socketio.guard.Guarded} to
 * it.
 */
package courier.socketio.guard;
