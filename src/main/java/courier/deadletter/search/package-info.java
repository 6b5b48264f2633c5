/** Looks through dead letters for a text. There is no index for that, so it is bounded. */
package courier.deadletter.search;
