package courier.chaos.checker;

/**
 * A record of the dead-letter topic.
 *
 * @param place the original record's topic, partition and offset, which are the dead letter's
 *     identity
 * @param text the message's text, or the poison's value
 */
public record Letter(String place, String text) {}
