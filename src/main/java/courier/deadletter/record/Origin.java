package courier.deadletter.record;

import courier.kafka.Place;

/**
 * Where a record was before it was dead-lettered, as far as it is said.
 *
 * @param topic null when nobody knows
 * @param topicId Kafka's id of that topic, which another one of the same name does not have
 */
public record Origin(String topic, Integer partition, Long offset, String topicId) {
  static final Origin UNKNOWN = new Origin(null, null, null, null);

  Origin of(String topicId) {
    return new Origin(topic, partition, offset, topicId);
  }

  /** Null when not all of it is known. */
  public Place place() {
    return topic == null || partition == null || offset == null
        ? null
        : new Place(topic, partition, offset, topicId);
  }
}
