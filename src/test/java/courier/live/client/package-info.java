/** Clients: npm's own in a process of their own, one packet by packet, and one that never reads. */
package courier.live.client;
