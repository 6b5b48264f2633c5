package courier.erasure;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import courier.deadletter.record.LetterFormat;
import courier.kafka.Place;
import courier.message.ReceivedMessage;
import courier.message.Replayed;
import courier.message.refused.RefusedRecord;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.apache.camel.component.kafka.KafkaConstants;
import org.bson.Document;

/**
 * Who was erased, and up to where: as steps that leave out what Kafka still has of them. What is
 * known is at most some seconds old, or the step fails as the store does when it is away.
 */
public final class ErasedPeople {
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** The clocks of instances may be apart by so much. */
  private static final long OVERLAP_MILLIS = TimeUnit.MINUTES.toMillis(10);

  private final MongoCollection<Document> erasures;
  private final LetterFormat format;
  private final Map<String, List<Ends>> people = new ConcurrentHashMap<>();
  private final Map<String, String> states = new HashMap<>();
  private final AtomicBoolean news = new AtomicBoolean();
  private Date latest = new Date(0);
  private volatile long learned = System.nanoTime() - FRESH_NANOS;

  /**
   * @param deadLetters Courier's own topic of them
   */
  public ErasedPeople(MongoClient mongo, String database, String deadLetters) {
    erasures = Erasures.collection(mongo, database);
    format = new LetterFormat(deadLetters);
  }

  /** Looks what is new, and returns whether something is since this was asked last. */
  public boolean hasNews() {
    learn();
    return news.getAndSet(false);
  }

  private synchronized void learn() {
    long now = System.nanoTime();
    Date since = new Date(latest.getTime() - OVERLAP_MILLIS);
    for (Document erasure : erasures.find(Filters.gte("changedAt", since))) {
      String id = erasure.getString("_id");
      if (!states.containsKey(id)) {
        people
            .computeIfAbsent(erasure.getString("person"), name -> new CopyOnWriteArrayList<>())
            .add(new Ends(erasure.getList("ends", Document.class)));
      }
      String state = erasure.getString("state");
      if (!state.equals(states.put(id, state))) {
        news.set(true);
      }
      Date changed = erasure.getDate("changedAt");
      latest = changed.after(latest) ? changed : latest;
    }
    learned = now;
  }

  private void keepFresh() {
    if (System.nanoTime() - learned >= FRESH_NANOS) {
      learn();
    }
  }

  /** Leaves out messages of a batch, and records of it that are none. */
  public void messages(
      Exchange batch, @Variable(RefusedRecord.VARIABLE) List<RefusedRecord> refused) {
    keepFresh();
    if (people.isEmpty()) {
      return;
    }
    List<?> read = batch.getMessage().getBody(List.class);
    List<?> kept =
        read.stream()
            .filter(message -> !isErased(((Message) message).getBody(ReceivedMessage.class)))
            .toList();
    batch.getMessage().setBody(kept);
    refused.removeIf(each -> isErased(each.record(), Place.of(each.record()), null));
  }

  private boolean isErased(ReceivedMessage message) {
    Message record = message.record();
    return isErased(message.get("from"), record) || isErased(message.get("to"), record);
  }

  private boolean isErased(Object person, Message record) {
    List<Ends> known = people.get(person);
    return known != null && isBefore(known, Place.of(record), first(record));
  }

  /** Where one that was replayed was at first. */
  private static Place first(Message record) {
    String first = record.getHeader(Replayed.RECORD, String.class);
    String[] parts = first == null ? new String[0] : first.split("-(?=\\d+-\\d+$)|-(?=\\d+$)");
    try {
      return parts.length == 3
          ? new Place(parts[0], Integer.parseInt(parts[1]), Long.parseLong(parts[2]))
          : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static boolean isBefore(List<Ends> known, Place place, Place first) {
    return known.stream().anyMatch(ends -> ends.cover(place) || ends.cover(first));
  }

  private boolean isErased(Message record, Place place, Place first) {
    byte[] key = record.getHeader(KafkaConstants.KEY, byte[].class);
    return Named.by(key, record.getBody(byte[].class)).stream()
        .map(people::get)
        .anyMatch(known -> known != null && isBefore(known, place, first));
  }

  Map<String, List<Ends>> known() {
    keepFresh();
    return people;
  }

  /** Those of the records of dead-letter topics that may be listed. */
  public List<Exchange> letters(@Body List<Exchange> records) {
    keepFresh();
    return people.isEmpty()
        ? records
        : records.stream().filter(record -> !isErasedLetter(record.getMessage())).toList();
  }

  private boolean isErasedLetter(Message letter) {
    return isErased(letter, Place.of(letter), format.read(letter).origin().place());
  }
}
