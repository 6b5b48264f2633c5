package courier.alert;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Projections;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import org.bson.Document;

/** Looks whether too much is dead-lettered, and whether a bulk replay has stopped by itself. */
final class DeskWatch {
  /** A replay that stopped longer ago was seen by then, or nobody ran. */
  private static final Duration RECENT = Duration.ofDays(1);

  private static final String RATE = "dead-letter-rate";

  private final Alerts alerts;
  private final MongoCollection<Document> letters;
  private final MongoCollection<Document> replays;
  private final int rate;

  /**
   * @param rate dead letters of a minute that are too many
   */
  DeskWatch(Alerts alerts, MongoDatabase database, int rate) {
    this.alerts = alerts;
    letters = database.getCollection("dead-letters");
    replays = database.getCollection("dead-letter-replays");
    this.rate = rate;
  }

  void look() {
    lookAtRate();
    lookAtReplays();
  }

  private void lookAtRate() {
    Instant now = Instant.now();
    // Clocks may be apart.
    Document lastMinute =
        new Document("$gte", Date.from(now.minusSeconds(60)))
            .append("$lt", Date.from(now.plusSeconds(60)));
    long lately =
        letters
            .find(new Document("failedAt", lastMinute))
            .projection(Projections.include("_id"))
            .limit(rate)
            .into(new ArrayList<>())
            .size();
    if (lately >= rate) {
      String text = "%d messages and more were dead-lettered within a minute.".formatted(rate);
      alerts.raise(new Alert(RATE, RATE, text));
    } else if (lately <= rate / 2) {
      alerts.isOver(RATE);
    }
  }

  private void lookAtReplays() {
    Date since = Date.from(Instant.now().minus(RECENT));
    for (Document replay :
        replays
            .find(new Document("state", "stopped").append("endedAt", new Document("$gte", since)))
            .projection(Projections.include("detail"))) {
      String why = replay.getString("detail");
      if (why != null && why.startsWith("stopped by itself")) {
        String id = replay.getString("_id");
        alerts.raise(
            new Alert("bulk-replay:" + id, "bulk-replay", "The replay %s: %s.".formatted(id, why)));
      }
    }
  }
}
