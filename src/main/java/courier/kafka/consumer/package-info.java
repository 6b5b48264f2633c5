/**
 * Consumers that give a poll as one batch, commit what was handled, and bring again what was not,
 * without leaving the group. Camel's Kafka component makes them by {@link
 * courier.kafka.consumer.PollIsBatch}; they know nothing of what a route does with a batch.
 */
package courier.kafka.consumer;
