/** Kafka and MongoDB as a service finds them: awaited, made ready, and asked for its rights. */
package courier.backend;
