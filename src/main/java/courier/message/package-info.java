/**
 * A message: made of a POST, read from its record, stored, announced to every instance, and what is
 * known of it. The steps of the routes {@code send-message} and {@code handle-records} are here; a
 * socket is known by header names only.
 */
package courier.message;
