package courier.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.MongoCollection;
import courier.infra.RunningMongo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is told what, by two instances on the real embedded store. */
class WatchTest {
  private static final int RATE = 10;

  @TempDir private Path folder;
  private RunningMongo mongo;
  private Watch one;
  private Watch other;
  private boolean kafkaAnswers = true;

  @BeforeEach
  void start() {
    mongo = RunningMongo.start(folder);
    one = watch();
    other = watch();
  }

  @AfterEach
  void close() {
    mongo.close();
  }

  private Watch watch() {
    return new Watch(
        mongo.client(), "courier", () -> kafkaAnswers, "http://page/", RATE, Duration.ZERO);
  }

  private MongoCollection<Document> collection(String name) {
    return mongo.client().getDatabase("courier").getCollection(name);
  }

  /** What an instance says in a turn. */
  private static List<String> say(Watch watch) {
    List<String> said = new ArrayList<>();
    for (Alert alert : watch.look()) {
      said.add(alert.id());
      watch.told(alert);
    }
    return said;
  }

  private void deadLetters(int many) {
    for (int i = 0; i < many; i++) {
      collection("dead-letters").insertOne(new Document("failedAt", new Date()));
    }
  }

  @Test
  void aNewGroupIsSaidOnceByOneOfThem() {
    one.groups(Map.of("g1", "not-json in read-messages"));
    other.groups(Map.of("g1", "not-json in read-messages"));

    assertEquals(List.of("dead-letter-group:g1"), say(one));
    assertEquals(List.of(), say(other));
    one.groups(Map.of("g1", "not-json in read-messages"));
    Watch startedAgain = watch();
    startedAgain.groups(Map.of("g1", "not-json in read-messages"));
    assertEquals(List.of(), say(startedAgain));
  }

  @Test
  void whatIsClaimedAndNotSaidIsNobodyElsesForAWhile() {
    one.groups(Map.of("g1", "not-json in read-messages"));

    assertEquals(1, one.look().size());
    assertEquals(List.of(), say(other));
    collection("alerts").updateMany(new Document(), set("lease", new Date(0)));
    assertEquals(List.of("dead-letter-group:g1"), say(other));
  }

  private static Document set(String member, Object value) {
    return new Document("$set", new Document(member, value));
  }

  @Test
  void manyGroupsAreSaidInTurns() {
    for (int i = 0; i < 25; i++) {
      one.groups(Map.of("g" + i, "not-json in read-messages"));
    }

    assertEquals(10, say(one).size());
    assertEquals(10, say(other).size());
    assertEquals(5, say(one).size());
  }

  @Test
  void aRateIsSaidOnceForAsLongAsItLasts() {
    deadLetters(RATE - 1);
    assertEquals(List.of(), say(one));

    deadLetters(1);
    assertEquals(List.of("dead-letter-rate"), say(one));
    assertEquals(List.of(), say(other));
    collection("dead-letters").deleteMany(new Document());
    assertEquals(List.of(), say(one));
    deadLetters(RATE);
    assertEquals(List.of("dead-letter-rate"), say(other));
  }

  @Test
  void aReplayThatStoppedByItselfIsSaidAndNotOneThatAPersonStopped() {
    Document stopped = new Document("state", "stopped").append("endedAt", new Date());
    collection("dead-letter-replays")
        .insertMany(
            List.of(
                new Document(stopped)
                    .append("_id", "r1")
                    .append("detail", "stopped by itself: 10 of what it replayed failed again"),
                new Document(stopped).append("_id", "r2").append("detail", "stopped by hand")));

    assertEquals(List.of("bulk-replay:r1"), say(one));
    assertEquals(List.of(), say(other));
  }

  @Test
  void anOutageOfKafkaIsSaidOnceAndTheNextOneAgain() {
    assertEquals(List.of(), say(one));
    assertEquals(List.of(), say(other));

    kafkaAnswers = false;
    assertEquals(List.of("outage:kafka"), say(one));
    assertEquals(List.of(), say(other));
    assertEquals(List.of(), say(watch()));
    kafkaAnswers = true;
    assertEquals(List.of(), say(one));
    assertEquals(List.of(), say(other));
    kafkaAnswers = false;
    assertEquals(List.of("outage:kafka"), say(other));
  }

  @Test
  void anOutageOfTheStoreIsSaidOnceByEachInstance() {
    Watch cutOff =
        new Watch(
            com.mongodb.client.MongoClients.create(
                "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=50"),
            "courier",
            () -> true,
            "http://page/",
            RATE,
            Duration.ZERO);

    assertEquals(List.of("outage:mongodb"), say(cutOff));
    assertEquals(List.of(), say(cutOff));
  }

  @Test
  void whatIsSentHasALinkAlsoInItsText() throws Exception {
    String json = one.json(new Alert("outage:kafka", "outage", "kafka does not answer."));

    assertTrue(json.contains("\"text\":\"kafka does not answer. http://page/\""), json);
    assertTrue(json.contains("\"link\":\"http://page/\""), json);
  }
}
