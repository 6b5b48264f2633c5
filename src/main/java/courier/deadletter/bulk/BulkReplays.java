package courier.deadletter.bulk;

import static com.mongodb.client.model.Filters.eq;

import com.github.f4b6a3.uuid.UuidCreator;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import courier.deadletter.Desk;
import courier.deadletter.ReplayTargets;
import courier.deadletter.record.Masked;
import courier.http.Refusal;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.bson.Document;

/**
 * Replays of many dead letters, as people start, watch and stop them: {@code {_id, state, by,
 * startedAt, rate, selection, detail}}, and {@code steps, maxFailedShare, stepsDone} of one that
 * goes on in steps.
 */
public final class BulkReplays {
  /** What a request queues before it is answered; the rest is the runner's. */
  private static final int AT_ONCE = 1000;

  private static final List<String> HIDDEN = List.of("owner", "lease");

  private final MongoCollection<Document> replays;
  private final ReplayQueue queue;
  private final ReplayClaims claims;
  private final ReplayTally tally;
  private final ActiveReplays active;
  private final ReplayTargets targets;
  private final RecentCounts recent = new RecentCounts();

  public BulkReplays(MongoClient mongo, String database, ReplayTargets targets) {
    MongoCollection<Document> letters = Desk.collection(mongo, database);
    replays =
        mongo
            .getDatabase(database)
            .getCollection("dead-letter-replays")
            .withWriteConcern(WriteConcern.MAJORITY);
    queue = new ReplayQueue(letters);
    claims = new ReplayClaims(letters);
    tally = new ReplayTally(letters);
    active = new ActiveReplays(replays, queue, tally, targets);
    this.targets = targets;
  }

  public ReplayQueue queue() {
    return queue;
  }

  ReplayClaims claims() {
    return claims;
  }

  ReplayTally tally() {
    return tally;
  }

  ActiveReplays active() {
    return active;
  }

  /**
   * @throws Refusal 404 when nothing is selected, 409 when none of it can be replayed
   */
  public Document start(BulkRequest request) {
    Document replay =
        new Document("_id", UuidCreator.getTimeOrderedEpoch().toString())
            .append("state", ActiveReplays.QUEUEING)
            .append("by", request.by())
            .append("startedAt", new Date())
            .append("rate", request.rate())
            .append("selection", request.selection());
    request.steps().appendTo(replay);
    String me = UUID.randomUUID().toString();
    replays.insertOne(
        new Document(replay).append("owner", me).append("lease", ActiveReplays.lease()));
    if (active.fill(replay, me, AT_ONCE) == 0) {
      replays.deleteOne(eq("_id", replay.get("_id")));
      throw queue.whyNone(request.selected(), targets);
    }
    return now(replay.getString("_id"));
  }

  /**
   * @throws Refusal 404, or 409 when it does not run any more
   */
  public Document stop(String id) {
    if (!active.end(id, "stopped by hand")) {
      throw new Refusal(
          409, "It does not run any more: it is %s.".formatted(find(id).get("state")));
    }
    return now(id);
  }

  /**
   * How far it is, counted from the dead letters themselves, so that it is right whatever happened.
   *
   * @throws Refusal 404
   */
  public Document get(String id) {
    Document replay = find(id);
    Document counts = recent.of(id, replay.get("state"), () -> tally.counts(id));
    return new ReplayCounts(counts).appendTo(replay);
  }

  /** The same at this moment. */
  Document now(String id) {
    return new ReplayCounts(tally.counts(id)).appendTo(find(id));
  }

  private Document find(String id) {
    Document replay = replays.find(eq("_id", id)).first();
    if (replay == null) {
      throw new Refusal(404, "There is no replay with this id.");
    }
    HIDDEN.forEach(replay::remove);
    return replay;
  }

  /** What is for nobody to see, or not for who asks. */
  public Document hidden(Exchange exchange) {
    Document hidden = new Document();
    if (Masked.is(exchange)) {
      Masked.leaveOutOfReplays(hidden);
    }
    HIDDEN.forEach(member -> hidden.append(member, 0));
    return hidden;
  }
}
