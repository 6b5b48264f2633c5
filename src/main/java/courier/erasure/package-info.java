/**
 * A person's messages taken out: from the store, the desk and the last events in memory, and kept
 * out when Kafka, which cannot take single records out, is read again.
 */
package courier.erasure;
