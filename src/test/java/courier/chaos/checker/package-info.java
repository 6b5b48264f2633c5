/**
 * From a ledger and what remains to what is wrong. No clock, no socket, no file: the same history
 * has the same verdict.
 */
package courier.chaos.checker;
