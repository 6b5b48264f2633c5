/**
 * Bodies of requests: read as the JSON that every reader would understand alike, and checked by a
 * schema, so that everything that is wrong is said at once. Knows what a refusal is, and no
 * endpoint.
 */
package courier.http.body;
