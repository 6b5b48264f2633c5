package courier.deadletter;

import com.mongodb.client.MongoCollection;
import courier.deadletter.bulk.BulkReplays;
import courier.deadletter.bulk.ReplayQueue;
import courier.deadletter.record.LetterFormat;
import courier.deadletter.record.LetterReason;
import courier.infra.RunningMongo;
import courier.kafka.Place;
import courier.message.Replayed;
import courier.mongodb.MongoIndexes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultMessage;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.bson.Document;

/** The desk on an embedded MongoDB, and letters for it. */
public final class DeskFixture implements AutoCloseable {
  static final int MAX_REPLAYS = 2;
  private static final String VALUE = "{\"from\":\"anna\",\"to\":\"clientB\"}";

  public final RunningMongo mongo;
  public final MongoCollection<Document> letters;
  public final ReplayTargets targets = new ReplayTargets(null, "client-messages,orders");
  public final Desk desk;
  public final BulkReplays bulk;
  public final ReplayQueue queue;
  public final DeadLetters index;
  private final DefaultCamelContext context = new DefaultCamelContext();
  private long failed;

  public DeskFixture(Path directory) {
    mongo = RunningMongo.start(directory);
    MongoIndexes.make(mongo.client().getDatabase("courier"));
    letters = Desk.collection(mongo.client(), "courier");
    desk = new Desk(mongo.client(), "courier", targets);
    bulk = new BulkReplays(mongo.client(), "courier", targets);
    queue = bulk.queue();
    index = new DeadLetters(mongo.client(), "courier", "dead-letter-topic", MAX_REPLAYS);
  }

  /** Indexes the letter of one more record that failed, and returns its id. */
  String fail() {
    return fail(failed++);
  }

  String fail(long offset) {
    index.write(List.of(letter(offset, "t1", List.of())));
    return "client-messages-0-" + offset;
  }

  /** Indexes the letter of what this replay has sent, which failed again. */
  public void failAgain(Letter replaying) {
    index.write(List.of(failedAgain(replaying.id(), replaying.claim())));
  }

  IndexedLetter failedAgain(String id, String claim) {
    return letter(
        900 + Math.abs(claim.hashCode() % 1000),
        "t1",
        List.of(header(Replayed.ID, id), header(Replayed.CLAIM, claim)));
  }

  public IndexedLetter letter(long offset, String topicId, List<Header> original) {
    Message record = new DefaultMessage(context);
    record.setHeader(KafkaConstants.TOPIC, "dead-letter-topic");
    record.setHeader(KafkaConstants.PARTITION, 0);
    record.setHeader(KafkaConstants.OFFSET, offset);
    record.setHeader(KafkaConstants.TIMESTAMP, Instant.now().toEpochMilli());
    List<Header> headers = new ArrayList<>(original);
    headers.add(header("dead-letter-original-topic", "client-messages"));
    headers.add(header("dead-letter-original-partition", "0"));
    headers.add(header("dead-letter-original-offset", String.valueOf(offset)));
    headers.add(header("dead-letter-message", "`message` is missing"));
    record.setHeader(KafkaConstants.HEADERS, new RecordHeaders(headers));
    record.setBody(VALUE.getBytes(StandardCharsets.UTF_8));
    LetterReason reason = new LetterFormat("dead-letter-topic").read(record);
    return new IndexedLetter(record, reason, new Place("client-messages", 0, offset, topicId));
  }

  static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
  }

  public static DeskRequest by(String id) {
    return new DeskRequest(id, "anna", null, null);
  }

  public Letter replay(String id) {
    return desk.replay(by(id));
  }

  public void sent(Letter replaying) {
    desk.settle(new Sending(replaying));
  }

  public void notSent(Letter replaying) {
    desk.settle(new Sending(replaying, new IllegalStateException("gone"), true));
  }

  /** Queues it for a bulk replay, and returns how many letters that were. */
  int queue(String replay, String id) {
    return queue.add(replay, "anna", new Document("_id", id), 10, () -> true);
  }

  State state(String id) {
    return desk.find(id).state();
  }

  List<String> history(String id) {
    return desk.find(id).document().getList(LetterHistory.FIELD, Document.class).stream()
        .map(entry -> entry.getString("action"))
        .toList();
  }

  @Override
  public void close() {
    mongo.close();
  }
}
