/**
 * What was done and seen, line by line. All that happens in a run is written here and nowhere else,
 * so it knows nothing of who writes.
 */
package courier.chaos.ledger;
