package courier.conversation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * How far a person has what a partner sent, as both are told.
 *
 * @param id of the last message
 */
record MessageStatus(
    String person,
    String partner,
    String status,
    @JsonProperty("_id") String id,
    int partition,
    long offset) {
  MessageStatus {
    Stream.of(person, partner, status, id).forEach(Objects::requireNonNull);
  }

  /** Whose clients are told. */
  Stream<String> rooms() {
    return Stream.of(person, partner).distinct();
  }
}
