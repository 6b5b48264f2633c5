/**
 * Courier with real clients while it changes: cut, slow, of every version, at several instances.
 */
package courier.live;
