package courier.absence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.model.WriteModel;
import courier.message.ReceivedMessage;
import courier.socketio.SocketioComponent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Variable;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.util.TimeUtils;
import org.bson.Document;

/**
 * Notes messages as they are stored, as steps of a route, and looks later which of them somebody
 * who is away has not acknowledged. Nobody knows who is connected to another instance, so each one
 * takes out what is for whom it has; what is left is said once, by one of them.
 */
public final class Absences implements CamelContextAware {
  private static final int AT_A_TIME = 1000;

  /** Looked at in one turn, so many at a time. */
  private static final int TIMES = 10;

  /** Said in one turn, before what became due meanwhile. */
  private static final int MOST = 20;

  /** What is not said by then is said again. */
  private static final Duration CLAIM = Duration.ofMinutes(2);

  /** A record that is older is read again by a new group, and not new. */
  private static final Duration FRESH = Duration.ofDays(1);

  /** So that what comes again was said. */
  private static final Duration REMEMBERED = FRESH.multipliedBy(2);

  private final AwaitedReceipts awaited;
  private final StillAway away;
  private final Duration after;
  private final Duration asking;
  private final Clock clock;
  private CamelContext context;

  /**
   * @param after how long a message may be unacknowledged, such as {@code 2m}; 0 is for ever
   * @param asking how long the instances may take to say who is connected, such as {@code 25s}
   */
  public Absences(MongoClient mongo, String database, String after, String asking) {
    this.after = Duration.ofMillis(TimeUtils.toMilliSeconds(after));
    this.asking = Duration.ofMillis(TimeUtils.toMilliSeconds(asking));
    clock = Clock.systemUTC();
    awaited = new AwaitedReceipts(mongo, database);
    away = new StillAway(mongo.getDatabase(database), this::isHere);
  }

  Absences(
      MongoClient mongo, Duration after, Duration asking, Predicate<String> isHere, Clock clock) {
    this.after = after;
    this.asking = asking;
    this.clock = clock;
    awaited = new AwaitedReceipts(mongo, "courier");
    away = new StillAway(mongo.getDatabase("courier"), isHere);
  }

  @Override
  public CamelContext getCamelContext() {
    return context;
  }

  @Override
  public void setCamelContext(CamelContext context) {
    this.context = context;
  }

  private boolean isHere(String name) {
    return context.hasComponent("socketio") instanceof SocketioComponent socketio
        && socketio.isHere(name);
  }

  /** Whether anybody is to be told of anything. */
  public boolean isOn() {
    return !after.isZero();
  }

  /** The writes of {@code mongodb:…?operation=bulkWrite} that note what was stored. */
  public List<WriteModel<Document>> writes(@Variable("messages") List<ReceivedMessage> messages) {
    Instant now = clock.instant();
    List<WriteModel<Document>> writes = new ArrayList<>();
    for (ReceivedMessage message : messages) {
      Long written = message.record().getHeader(KafkaConstants.TIMESTAMP, Long.class);
      boolean isNew = written != null && now.minus(FRESH).toEpochMilli() < written;
      if (isNew && !message.get("from").equals(message.get("to"))) {
        writes.add(AwaitedReceipts.write(message.id(), now.plus(after)));
      }
    }
    return writes;
  }

  /** Looks, and leaves what is to be said now, if nobody else claims it first. */
  public List<Absent> look() {
    if (!isOn()) {
      return List.of();
    }
    Instant now = clock.instant();
    List<String> asked = awaited.all(AwaitedReceipts.ASKED, AT_A_TIME);
    drop(asked, AwaitedReceipts.ASKED);
    int looked = AT_A_TIME;
    for (int i = 0; i < TIMES && looked == AT_A_TIME; i++) {
      List<String> due = awaited.due(AwaitedReceipts.NEW, now, AT_A_TIME);
      awaited.ask(drop(due, AwaitedReceipts.NEW).keySet(), now.plus(asking));
      looked = due.size();
    }
    awaited.forget(now, AT_A_TIME);
    List<String> due = awaited.due(AwaitedReceipts.ASKED, now, MOST);
    Map<String, Absent> left = drop(due, AwaitedReceipts.ASKED);
    return due.stream().filter(left::containsKey).map(left::get).toList();
  }

  /** Whether it is still to be said, and this instance's to say for a while. */
  public boolean claim(@Body Absent absent) {
    Instant now = clock.instant();
    return awaited.claim(absent.id(), now, now.plus(CLAIM))
        && !drop(List.of(absent.id()), AwaitedReceipts.ASKED).isEmpty();
  }

  /** Returns which of them are left. */
  private Map<String, Absent> drop(List<String> ids, String state) {
    Map<String, Absent> left = away.among(ids);
    awaited.drop(ids.stream().filter(id -> !left.containsKey(id)).toList(), state);
    return left;
  }

  /** What to send to whoever is told. */
  public String json(@Body Absent absent) throws JsonProcessingException {
    return absent.json();
  }

  /** It was said; what was not is said again when its claim is over. */
  public void told(@Variable("absent") Absent absent) {
    awaited.told(absent.id(), clock.instant().plus(REMEMBERED));
  }
}
