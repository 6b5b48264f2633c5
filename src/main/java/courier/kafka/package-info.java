/**
 * Kafka as all rooms see it: its admin client, whether it is there, places of records, topics with
 * their ids, and JSON in records. It knows no message.
 */
package courier.kafka;
