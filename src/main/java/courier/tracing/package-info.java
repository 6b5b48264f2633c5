/**
 * Traces (W3C's trace context) from a request over Kafka to what was stored and pushed, if somebody
 * wants them. Nothing of it is loaded otherwise.
 */
package courier.tracing;
