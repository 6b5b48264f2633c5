/**
 * Kafka as all rooms see it: its admin client, whether it is there, places of records, and topics
 * with their ids. It knows no message.
 */
package courier.kafka;
