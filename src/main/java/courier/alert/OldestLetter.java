package courier.alert;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import courier.deadletter.State;
import courier.metrics.Figure;
import courier.metrics.Figures;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.bson.Document;

/** How long the oldest open dead letter waits for somebody, as a step, for the metrics. */
public final class OldestLetter {
  private final MongoCollection<Document> letters;
  private final Clock clock = Clock.systemUTC();

  public OldestLetter(MongoClient mongo, String database) {
    letters = mongo.getDatabase(database).getCollection("dead-letters");
  }

  /** Looks; 0 when none is open, and not known while MongoDB does not answer. */
  public void look(CamelContext context) {
    double seconds = Double.NaN;
    try {
      seconds = seconds();
    } catch (MongoException e) {
      // said as an outage
    }
    Figures.of(context).set(Figure.OLDEST_OPEN, seconds);
  }

  private double seconds() {
    Document oldest =
        letters
            .find(new Document("state", State.FAILED.text()))
            .projection(new Document("failedAt", 1))
            .sort(new Document("failedAt", 1))
            .limit(1)
            .first();
    return oldest == null
        ? 0
        : Math.max(
            0,
            Duration.between(oldest.getDate("failedAt").toInstant(), clock.instant()).toMillis()
                / 1e3);
  }
}
