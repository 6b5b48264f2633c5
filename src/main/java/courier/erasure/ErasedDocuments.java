package courier.erasure;

import courier.kafka.Place;
import java.util.stream.Stream;
import org.bson.Document;

/** Which documents, as they are stored, are of somebody who was erased, and were sent before. */
public final class ErasedDocuments {
  private final ErasedPeople people;
  private final String topic;

  /**
   * @param topic of the messages
   */
  public ErasedDocuments(ErasedPeople people, String topic) {
    this.people = people;
    this.topic = topic;
  }

  public boolean hasLetter(Document letter) {
    return people.known().entrySet().stream()
        .anyMatch(
            person ->
                person.getValue().stream()
                    .anyMatch(ends -> new LettersOf(person.getKey(), ends).has(letter)));
  }

  public boolean hasMessage(Document message) {
    Place place =
        new Place(
            topic,
            message.getInteger("partition"),
            message.getLong("offset"),
            message.getString("topicId"));
    return Stream.of("from", "to")
        .map(side -> people.known().get(message.get(side)))
        .anyMatch(known -> known != null && known.stream().anyMatch(ends -> ends.cover(place)));
  }
}
