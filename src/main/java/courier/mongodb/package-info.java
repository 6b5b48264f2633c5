/**
 * MongoDB as all rooms see it: its client and indexes, pages of a collection, and values as they
 * were sent. It knows no message and no dead letter.
 */
package courier.mongodb;
