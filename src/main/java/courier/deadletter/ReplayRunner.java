package courier.deadletter;

import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import courier.kafka.Kafka;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.apache.camel.component.mongodb.MongoDbConstants;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.bson.Document;

/**
 * Runs bulk replays, each on one instance at a time and at its rate, and takes up what an instance
 * that ended left in the middle. A dead letter is claimed before it is sent, by compare-and-set.
 */
public final class ReplayRunner {
  /** Longer than Kafka may take for one record, so that nothing is claimed twice at a time. */
  private static final int LEASE_SECONDS = 15;

  private static final int MOST_AT_ONCE = 200;
  private static final List<String> AGAIN = List.of(State.FAILED, State.PARKED);

  private final String me = UUID.randomUUID().toString();
  private final Map<String, Pace> paces = new ConcurrentHashMap<>();
  private final Kafka kafka;
  private final String topic;
  private final String group;
  private final int maxFailures;

  /**
   * @param topic of the messages
   * @param group of the consumer that handles them
   * @param maxFailures a replay stops by itself when so many of what it replayed failed again
   */
  public ReplayRunner(Kafka kafka, String topic, String group, int maxFailures) {
    this.kafka = kafka;
    this.topic = topic;
    this.group = group;
    this.maxFailures = maxFailures;
  }

  /** The update of {@code findOneAndUpdate} that makes a running one this instance's. */
  public Document lease(Message message) {
    Instant now = Instant.now();
    Document free = new Document("lease", new Document("$lt", Date.from(now)));
    message.setHeader(
        MongoDbConstants.CRITERIA,
        new Document("state", BulkReplay.RUNNING)
            .append("$or", List.of(new Document("owner", me), free)));
    message.setHeader(MongoDbConstants.SORT_BY, new Document("lease", 1));
    Date until = Date.from(now.plusSeconds(LEASE_SECONDS));
    return new Document("$set", new Document("owner", me).append("lease", until));
  }

  /** The query for those that failed again. */
  public void failures(Exchange exchange) {
    Document replay = exchange.getMessage().getBody(Document.class);
    exchange.setVariable("replay", replay);
    query(exchange.getMessage(), replay, new Document("$in", AGAIN));
  }

  /** Sets the variable {@code detail} to why it is to be stopped, if it is. */
  public void judge(Exchange exchange) {
    long failures = exchange.getMessage().getBody(Long.class);
    if (failures >= maxFailures) {
      exchange.setVariable(
          "detail", "stopped by itself: %d of what it replayed failed again".formatted(failures));
    }
  }

  /** The query for as many as are due now; the variable {@code due} is how many that are. */
  public void due(Exchange exchange, @Variable("replay") Document replay)
      throws ExecutionException, InterruptedException {
    Pace pace =
        paces.computeIfAbsent(
            replay.getString("_id"), id -> new Pace(replay.getInteger("rate"), maxFailures));
    int due = Math.min(MOST_AT_ONCE, pace.due(kafka.positions(group)));
    exchange.setVariable("due", due);
    query(exchange.getMessage(), replay, State.QUEUED);
    exchange.getMessage().setHeader(MongoDbConstants.LIMIT, due);
  }

  /** Lets the pace know of a record that was sent, when it is handled here. */
  public void noteSent(
      @Variable("sent") List<RecordMetadata> sent, @Variable("letter") Document letter) {
    Pace pace = paces.get(letter.get("replay", ""));
    if (pace != null && sent != null && sent.get(0).topic().equals(topic)) {
      pace.sent(sent.get(0));
    }
  }

  private static void query(Message message, Document replay, Object state) {
    message.removeHeaders("*");
    message.setHeader(
        MongoDbConstants.CRITERIA,
        new Document("replay", replay.get("_id")).append("state", state));
  }

  /** The query for what has been on its way for longer than it may take. */
  public void leftBehind(Message message) {
    Date expired = Date.from(Instant.now().minusSeconds(LEASE_SECONDS));
    message.setHeader(
        MongoDbConstants.CRITERIA,
        new Document("state", State.REPLAYING).append("claimedAt", new Document("$lt", expired)));
    message.setHeader(MongoDbConstants.LIMIT, MOST_AT_ONCE);
  }

  /** The writes that claim them, unless they have changed meanwhile. */
  public List<WriteModel<Document>> claim(Exchange exchange) {
    String claim = exchange.getExchangeId() + "-" + UUID.randomUUID();
    List<Object> ids = new ArrayList<>();
    List<WriteModel<Document>> claims = new ArrayList<>();
    for (Object one : exchange.getMessage().getBody(List.class)) {
      Document letter = (Document) one;
      ids.add(letter.get("_id"));
      Document update = new Document("$set", Replay.begin(letter.getString("replayBy"), claim));
      if (State.QUEUED.equals(letter.get("state"))) {
        update.append("$inc", new Document("replays", 1));
      }
      Document unchanged = new Document();
      List.of("_id", "state", "replays", "claim").forEach(m -> unchanged.append(m, letter.get(m)));
      claims.add(new UpdateOneModel<>(unchanged, update));
    }
    exchange.setVariable(
        "claimed", new Document("_id", new Document("$in", ids)).append("claim", claim));
    exchange.getMessage().removeHeaders("*");
    return claims;
  }

  /** The query for what was claimed. */
  public void claimed(Message message, @Variable("claimed") Document claimed) {
    message.removeHeaders("*");
    message.setHeader(MongoDbConstants.CRITERIA, claimed);
  }
}
