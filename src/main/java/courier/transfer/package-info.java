/**
 * Stored documents as lines, out and in again: each is a document in MongoDB's Extended JSON
 * (canonical), which has all of it, and which its own tools take too.
 */
package courier.transfer;
