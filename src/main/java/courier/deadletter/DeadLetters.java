package courier.deadletter;

import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import courier.deadletter.record.LetterFormat;
import courier.deadletter.record.LetterReason;
import courier.failure.FailureKind;
import courier.kafka.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the collection {@code dead-letters}, the index of the dead-letter topics. Of one of
 * Courier's, {@code _id} is the original record's place, so that a record dead-lettered twice is
 * one entry; of another program's it is its own place. What failed again after a replay proves by
 * its claim which entry it is; without that it is one of its own.
 */
public final class DeadLetters {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
  private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

  private final MongoCollection<Document> letters;
  private final LetterFormat format;
  private final int maxReplays;

  /**
   * @param topic Courier's own of dead letters
   * @param maxReplays after how many that failed again a dead letter is parked for good
   */
  public DeadLetters(MongoClient mongo, String database, String topic, int maxReplays) {
    this(Desk.collection(mongo, database), topic, maxReplays);
  }

  DeadLetters(MongoCollection<Document> letters, String topic, int maxReplays) {
    this.letters = letters;
    this.format = new LetterFormat(topic);
    this.maxReplays = maxReplays;
  }

  /**
   * Indexes a batch of records of the dead-letter topics, in order, and leaves two variables:
   * {@code groups}, of which groups they are, each with what it says in some words; and {@code
   * indexed}, the ids by which they may be listed.
   */
  public void index(@Body List<Exchange> records, Exchange batch) {
    List<IndexedLetter> read = records.stream().map(record -> read(record.getMessage())).toList();
    write(read);
    Map<String, String> groups = new HashMap<>();
    read.forEach(letter -> groups.computeIfAbsent(letter.group(), group -> words(letter.reason())));
    batch.setVariable("groups", groups);
    batch.setVariable("indexed", read.stream().flatMap(IndexedLetter::ids).toList());
  }

  private static String words(LetterReason reason) {
    return "%s in %s"
        .formatted(reason.name(), reason.step() == null ? reason.route() : reason.step());
  }

  private IndexedLetter read(Message letter) {
    LetterReason reason = format.read(letter);
    Place original = reason.origin().place();
    boolean named = format.isOwn(letter) && original != null;
    return new IndexedLetter(letter, reason, named ? original : Place.of(letter));
  }

  /** One that can never be listed stays in its topic, and stops none of the others. */
  public void write(List<IndexedLetter> batch) {
    try {
      store(batch);
    } catch (RuntimeException e) {
      if (FailureKind.of(e) == FailureKind.OUTAGE) {
        throw e;
      }
      if (batch.size() > 1) {
        batch.forEach(letter -> write(List.of(letter)));
      } else {
        LOG.error("The dead letter {} cannot be listed; it is in its topic", batch.get(0).id(), e);
      }
    }
  }

  private void store(List<IndexedLetter> batch) {
    try {
      writeAll(batch);
    } catch (MongoBulkWriteException e) {
      List<BulkWriteError> errors = e.getWriteErrors();
      if (errors.isEmpty() || !errors.stream().allMatch(FailureKind::isIdTaken)) {
        throw e;
      }
      // Somebody else has written them meanwhile, and now it is known that they are there.
      writeAll(batch);
    }
  }

  private void writeAll(List<IndexedLetter> batch) {
    Map<String, Document> known = known(batch);
    List<WriteModel<Document>> writes = new ArrayList<>();
    for (IndexedLetter letter : batch) {
      Document replayed = known.get(letter.replayed());
      if (replayed != null && Claim.isOf(replayed, letter.claim())) {
        writes.addAll(failedAgain(replayed, letter));
      } else {
        entry(letter, known).ifPresent(writes::add);
      }
    }
    if (!writes.isEmpty()) {
      letters.bulkWrite(writes);
    }
  }

  private Map<String, Document> known(List<IndexedLetter> batch) {
    List<String> ids = new ArrayList<>();
    for (IndexedLetter letter : batch) {
      ids.add(letter.id());
      if (letter.replayed() != null) {
        ids.add(letter.replayed());
      }
    }
    Map<String, Document> known = new HashMap<>();
    letters
        .find(in("_id", ids))
        .projection(include("topicId", "claims", "replays", "replayBy"))
        .forEach(found -> known.put(found.getString("_id"), found));
    return known;
  }

  /**
   * None if it is listed already. An insert costs a store, and the way to it, less than an upsert.
   */
  private static Optional<WriteModel<Document>> entry(
      IndexedLetter letter, Map<String, Document> known) {
    Document there = known.putIfAbsent(letter.id(), new Document("topicId", letter.topicId()));
    if (there == null) {
      return Optional.of(new InsertOneModel<>(letter.entry().append("_id", letter.id())));
    }
    String theirs = there.getString("topicId");
    if (letter.topicId() == null || theirs == null || theirs.equals(letter.topicId())) {
      return Optional.empty();
    }
    Document other = new Document("_id", letter.otherId());
    return Optional.of(
        new UpdateOneModel<>(other, new Document("$setOnInsert", letter.entry()), UPSERT));
  }

  /** Once for each replay, even when a crash had it sent or dead-lettered twice. */
  private List<WriteModel<Document>> failedAgain(Document replayed, IndexedLetter letter) {
    State state = replayed.getInteger("replays", 0) < maxReplays ? State.FAILED : State.PARKED;
    Document sent = LetterHistory.entry("replayed", replayed.getString("replayBy"));
    // The news that it was sent may come later than what came of it.
    return List.of(
        failedAgain(letter, State.REPLAYING, state, sent, letter.failed()),
        failedAgain(letter, State.REPLAYED, state, letter.failed()));
  }

  private static WriteModel<Document> failedAgain(
      IndexedLetter letter, State from, State to, Document... entries) {
    Document thisReplay =
        new Document("_id", letter.replayed())
            .append("state", from.text())
            .append("claim", letter.claim());
    Document set = letter.failure().append("state", to.text());
    return new UpdateOneModel<>(
        thisReplay, new Document("$set", set).append("$push", LetterHistory.push(entries)));
  }
}
