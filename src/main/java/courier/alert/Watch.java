package courier.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import courier.kafka.Kafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** Looks for what somebody is to be told, as steps of a route, and has each said once. */
public final class Watch {
  /** In one turn, so that who is told is not flooded. */
  private static final int MOST = 10;

  private final Alerts alerts;
  private final KnownGroups known;
  private final DeskWatch desk;
  private final BooleanSupplier kafkaAnswers;
  private final String page;
  private final Outage kafkaAway;
  private final Outage mongoAway;

  /**
   * @param page where a person looks at it
   * @param rate dead letters of a minute that are too many
   * @param patience how long a backend may be away before it is said, as in {@code 60s}
   */
  public Watch(
      MongoClient mongo, String database, Kafka kafka, String page, int rate, String patience) {
    this(mongo, database, () -> answers(kafka), page, rate, Duration.parse("PT" + patience));
  }

  Watch(
      MongoClient mongo,
      String database,
      BooleanSupplier kafkaAnswers,
      String page,
      int rate,
      Duration patience) {
    alerts = new Alerts(mongo, database);
    known = new KnownGroups(alerts);
    desk = new DeskWatch(alerts, mongo.getDatabase(database), rate);
    this.kafkaAnswers = kafkaAnswers;
    this.page = page;
    kafkaAway = new Outage("kafka", patience);
    mongoAway = new Outage("mongodb", patience);
  }

  /** Notes groups of dead letters, each with what it says, of which there were none before. */
  public void groups(@Variable("groups") Map<String, String> groups) {
    known.see(groups);
  }

  /** Looks, and leaves what is to be said now as a list. */
  public List<Alert> look() {
    List<Alert> due = new ArrayList<>();
    boolean kafkaIsAway = !kafkaAnswers.getAsBoolean();
    try {
      look(kafkaIsAway);
      mongoAway.isOver(false);
      while (due.size() < MOST) {
        var claimed = alerts.claim();
        if (claimed.isEmpty()) {
          break;
        }
        due.add(claimed.get());
      }
    } catch (MongoException e) {
      // Nobody can be asked who says it: each instance does.
      mongoAway.isOver(true);
      mongoAway.untold().ifPresent(due::add);
    }
    return due;
  }

  private void look(boolean kafkaIsAway) {
    if (kafkaAway.isOver(kafkaIsAway)) {
      alerts.isOver(kafkaAway.id());
    }
    kafkaAway.lasting().ifPresent(alerts::raise);
    desk.look();
  }

  private static boolean answers(Kafka kafka) {
    try {
      kafka.ping();
      return true;
    } catch (ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** What to send to whoever is told. */
  public String json(@Body Alert alert) throws JsonProcessingException {
    return alert.json(page);
  }

  /** It was said; what was not is said again when its claim is over. */
  public void told(@Variable("alert") Alert alert) {
    if (alert.id().equals(mongoAway.id())) {
      mongoAway.told();
    } else {
      alerts.told(alert);
    }
  }
}
