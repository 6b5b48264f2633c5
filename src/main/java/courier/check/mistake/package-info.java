/** Mistakes that are none of Courier's own: of the YAML, the endpoints, the names. */
package courier.check.mistake;
