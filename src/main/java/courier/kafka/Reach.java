package courier.kafka;

import java.util.Map;

/**
 * From where to where a batch of records of one topic reaches.
 *
 * @param topicId of the topic; null when it is not known
 * @param from for each partition the offset from which on nothing is left out
 * @param next for each partition the offset that comes after the last one
 */
public record Reach(
    String topic, String topicId, Map<Integer, Long> from, Map<Integer, Long> next) {}
