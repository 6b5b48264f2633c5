package courier.deadletter.bulk;

import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import courier.deadletter.ReplayTargets;
import courier.deadletter.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Bulk replays from their start to their end. One is {@code queueing} until all that is selected is
 * queued, then {@code running}, and in the end {@code done}, or {@code stopping} until all that
 * waits is given back and then {@code stopped}. It is one instance's for as long as its lease is.
 */
final class ActiveReplays {
  /** Longer than one turn takes, so that no two instances run the same. */
  static final Duration LEASE = Duration.ofSeconds(20);

  static final String QUEUEING = "queueing";
  private static final String RUNNING = "running";
  private static final String STOPPING = "stopping";
  private static final String STOPPED = "stopped";

  private static final FindOneAndUpdateOptions NEXT =
      new FindOneAndUpdateOptions()
          .sort(new Document("lease", 1))
          .returnDocument(ReturnDocument.AFTER);

  private final MongoCollection<Document> replays;
  private final ReplayQueue queue;
  private final ReplayTally tally;
  private final ReplayTargets targets;

  ActiveReplays(
      MongoCollection<Document> replays,
      ReplayQueue queue,
      ReplayTally tally,
      ReplayTargets targets) {
    this.replays = replays;
    this.queue = queue;
    this.tally = tally;
    this.targets = targets;
  }

  static Date lease() {
    return Date.from(Instant.now().plus(LEASE));
  }

  private static Document active() {
    return new Document("state", new Document("$in", List.of(QUEUEING, RUNNING)));
  }

  private static Document active(String id) {
    return active().append("_id", id);
  }

  private boolean isActive(String id) {
    return replays.find(active(id)).first() != null;
  }

  /** Makes one this owner's for a time; null when there is none. */
  Document take(String owner) {
    Document free = new Document("lease", new Document("$lt", new Date()));
    Document takable = active().append("$or", List.of(new Document("owner", owner), free));
    Bson mine = combine(set("owner", owner), set("lease", lease()));
    return replays.findOneAndUpdate(takable, mine, NEXT);
  }

  /** Queues what is left of a selection, up to so many; when that is all, it runs. */
  int fill(Document replay, String owner, int most) {
    String id = replay.getString("_id");
    Document selection = BulkRequest.filter(replay.get("selection", Document.class), targets);
    int queued =
        queue.add(
            id,
            replay.getString("by"),
            selection,
            most,
            () -> change(id, owner, set("lease", lease())));
    String state = queued < most ? RUNNING : QUEUEING;
    if (!change(id, owner, combine(set("state", state), set("lease", new Date(0))))
        && !isActive(id)) {
      // Stopped meanwhile, perhaps before the last were queued.
      queue.giveBack(id, "stopped");
    }
    return queued;
  }

  private boolean change(String id, String owner, Bson update) {
    return replays.updateOne(active(id).append("owner", owner), update).getMatchedCount() > 0;
  }

  /** Begins the next step of one that goes on in steps. */
  void next(Document replay, String owner) {
    int done = Steps.done(replay) + 1;
    change(replay.getString("_id"), owner, combine(set("stepsDone", done), set("lease", lease())));
  }

  /** Ends one of which nothing is left to be sent, and nothing is on its way. */
  boolean endWhenDone(String id) {
    return tally.atMost(1, id, State.QUEUED, State.REPLAYING) == 0 && leave(id, "done", null);
  }

  /**
   * Stops one; what still waits in it is open again.
   *
   * @return whether it was active
   */
  boolean end(String id, String why) {
    boolean stopping = leave(id, STOPPING, why);
    if (stopping) {
      finish(id, why);
    }
    return stopping;
  }

  private boolean leave(String id, String state, String detail) {
    Bson ended = combine(set("state", state), set("detail", detail), set("endedAt", new Date()));
    return replays.updateOne(active(id), ended).getMatchedCount() > 0;
  }

  private void finish(String id, String why) {
    queue.giveBack(id, why);
    replays.updateOne(new Document("_id", id).append("state", STOPPING), set("state", STOPPED));
  }

  /** Opens what waits in one that was being stopped, or has ended, when an instance ended. */
  void tidy() {
    Document since = new Document("$lt", Date.from(Instant.now().minus(LEASE)));
    for (Document one : replays.find(new Document("state", STOPPING).append("endedAt", since))) {
      finish(one.getString("_id"), one.getString("detail"));
    }
    String waiting = tally.anyWaiting();
    if (waiting != null && !isActive(waiting)) {
      queue.giveBack(waiting, "its replay has ended");
    }
  }
}
