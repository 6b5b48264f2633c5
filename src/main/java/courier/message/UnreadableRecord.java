package courier.message;

import org.apache.camel.Message;

/**
 * A record that is no message.
 *
 * @param record as it came from Kafka
 * @param reason what is wrong with it
 */
public record UnreadableRecord(Message record, PoisonException reason) {}
