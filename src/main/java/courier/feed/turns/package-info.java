/**
 * Work for clients in turns, so that the many of one address hold up nobody else's. Knows nothing
 * of what the work is.
 */
package courier.feed.turns;
