package courier.deadletter.bulk;

import courier.deadletter.Letter;
import courier.deadletter.Sending;
import courier.deadletter.State;
import courier.kafka.Kafka;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.bson.Document;

/**
 * Runs bulk replays, each on one instance at a time and at its rate, and takes up what an instance
 * that ended left in the middle.
 */
public final class ReplayRunner {
  private static final int MOST_AT_ONCE = 1000;

  /** Between two looks for replays of other instances, when there was none. */
  private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final String me = UUID.randomUUID().toString();
  private final Map<String, Pace> paces = new ConcurrentHashMap<>();
  private final ActiveReplays replays;
  private final ReplayClaims claims;
  private final ReplayTally tally;
  private final Kafka kafka;
  private final StepByStep steps;
  private final String topic;
  private final String group;
  private final int maxFailures;
  private final AtomicBoolean woken = new AtomicBoolean();
  private volatile long restsUntil = System.nanoTime();

  /**
   * @param topic of the messages
   * @param group of the consumer that handles them
   * @param deadLetters the topic of what the group cannot handle
   * @param maxFailures a replay stops by itself when so many of what it replayed failed again
   */
  public ReplayRunner(
      BulkReplays replays,
      Kafka kafka,
      String topic,
      String group,
      String deadLetters,
      int maxFailures) {
    this.replays = replays.active();
    this.claims = replays.claims();
    this.tally = replays.tally();
    this.kafka = kafka;
    this.topic = topic;
    this.group = group;
    this.steps =
        new StepByStep(this.replays, this.tally, new StepOutcome(kafka, topic, group, deadLetters));
    this.maxFailures = maxFailures;
  }

  /** A replay was started here: it begins with the next turn. */
  public void wake() {
    woken.set(true);
  }

  /** The letters that are to be sent now. */
  public Iterable<Letter> due() throws ExecutionException, InterruptedException {
    if (!woken.getAndSet(false) && System.nanoTime() - restsUntil < 0) {
      return List.of();
    }
    Document replay = replays.take(me);
    if (replay == null) {
      restsUntil = System.nanoTime() + REST_NANOS;
      paces.clear();
      return List.of();
    }
    String id = replay.getString("_id");
    if (ActiveReplays.QUEUEING.equals(replay.get("state"))) {
      replays.fill(replay, me, Integer.MAX_VALUE);
      return List.of();
    }
    int failures = tally.atMost(maxFailures, id, State.FAILED, State.PARKED);
    if (failures >= maxFailures) {
      replays.end(id, "stopped by itself: %d of what it replayed failed again".formatted(failures));
      paces.remove(id);
      return List.of();
    }
    int open = Math.min(MOST_AT_ONCE, steps.open(replay, me));
    if (open == 0) {
      return List.of();
    }
    Pace pace = paces.computeIfAbsent(id, key -> new Pace(replay.getInteger("rate"), maxFailures));
    int due = Math.min(open, pace.due(kafka.positions(group)));
    List<Letter> claimed = due == 0 ? List.of() : claims.claim(id, due);
    if (due > 0 && claimed.isEmpty() && replays.endWhenDone(id)) {
      paces.remove(id);
    }
    return ReplayTurn.of(claimed);
  }

  /** Lets the pace know of records that were sent, when they are handled here. */
  public void noteAll(List<Message> sent) {
    sent.forEach(this::note);
  }

  /** The same for one, unless it could not be sent. */
  public void note(Message sent) {
    Sending sending = sent.getBody(Sending.class);
    String replay = sending.letter().replay();
    Pace pace = replay == null ? null : paces.get(replay);
    if (pace != null && sending.isSent()) {
      for (Object record : sent.getHeader(KafkaConstants.KAFKA_RECORD_META, List.class)) {
        RecordMetadata written = (RecordMetadata) record;
        if (written.topic().equals(topic)) {
          pace.sent(written);
        }
      }
    }
  }

  /** What has been on its way for longer than it may take; opens what waits in nothing. */
  public Iterable<Letter> leftBehind() {
    replays.tidy();
    Instant expired = Instant.now().minus(ActiveReplays.LEASE);
    return ReplayTurn.of(claims.leftBehind(expired, MOST_AT_ONCE));
  }
}
