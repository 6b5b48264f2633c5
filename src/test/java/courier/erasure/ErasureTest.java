package courier.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import courier.infra.RunningMongo;
import courier.mongodb.MongoIndexes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken out of the real embedded store, and what stays. */
class ErasureTest {
  private static final Ends ENDS =
      new Ends(
          List.of(
              topic("client-messages", "t1", 1000L, 5L),
              topic("dead-letter-topic", "d1", 50L, 0L)));

  @TempDir private Path folder;
  private RunningMongo mongo;
  private MongoDatabase database;
  private Erasures erasures;

  private static Document topic(String name, String id, Long... next) {
    return new Document("topic", name).append("id", id).append("next", List.of(next));
  }

  @BeforeEach
  void start() {
    mongo = RunningMongo.start(folder);
    database = mongo.client().getDatabase("courier");
    MongoIndexes.make(database);
    erasures = new Erasures(mongo.client(), "courier");
  }

  @AfterEach
  void close() {
    mongo.close();
  }

  private static Document message(String id, String from, String to, int partition, long offset) {
    return new Document("_id", id)
        .append("from", from)
        .append("to", to)
        .append("message", "?")
        .append("createdAt", new Date())
        .append("partition", partition)
        .append("offset", offset)
        .append("topicId", "t1");
  }

  private MongoCollection<Document> collection(String name) {
    return database.getCollection(name);
  }

  private List<String> ids(String collection) {
    List<String> ids = new ArrayList<>();
    collection(collection).find().forEach(found -> ids.add(found.get("_id").toString()));
    return ids.stream().sorted().toList();
  }

  private Document run(String lastLook) {
    String id = erasures.start("anna", "olga", ENDS).getString("_id");
    new EraseRunner(mongo.client(), "courier", lastLook).turn();
    return erasures.find(id);
  }

  @Test
  void takesOutWhatIsFromOrToThePersonAndNothingThatWasSentSince() {
    IntStream.range(0, 450)
        .forEach(i -> collection("messages").insertOne(message("a" + i, "anna", "bert", 0, i)));
    collection("messages").insertOne(message("to", "bert", "anna", 1, 4));
    collection("messages")
        .insertOne(message("before", "anna", "bert", 0, 2000).append("topicId", "t0"));
    collection("messages").insertOne(message("kept-later", "anna", "bert", 1, 5));
    collection("messages").insertOne(message("kept-other", "bert", "carl", 0, 999));

    Document erasure = run("90s");

    assertEquals(List.of("kept-later", "kept-other"), ids("messages"));
    assertEquals("checking", erasure.getString("state"));
    assertEquals(
        452, erasure.get("counts", Document.class).get("messages", Number.class).intValue());
  }

  @Test
  void isDoneOnceNothingCanBeOnItsWay() {
    Document erasure = run("0");

    assertEquals("done", erasure.getString("state"));
    assertTrue(erasure.getDate("endedAt") != null);
  }

  @Test
  void takesOutReceiptsOfAllTheirConversations() {
    for (String[] both : new String[][] {{"anna", "bert"}, {"bert", "anna"}, {"bert", "carl"}}) {
      Document id = new Document("person", both[0]).append("partner", both[1]);
      collection("receipts").insertOne(new Document("_id", id));
    }

    run("0");

    assertEquals(1, collection("receipts").countDocuments());
  }

  private static Document letter(String id, String value, String key, long offset) {
    return new Document("_id", id)
        .append("topic", "dead-letter-topic")
        .append("partition", 0)
        .append("offset", offset)
        .append("originalTopic", "client-messages")
        .append("originalPartition", 1)
        .append("originalOffset", 7L)
        .append("value", new Binary(value.getBytes(UTF_8)))
        .append("key", new Binary(key.getBytes(UTF_8)));
  }

  @Test
  void takesOutTheirDeadLettersHoweverTheyAreNamedThere() {
    MongoCollection<Document> letters = collection("dead-letters");
    letters.insertOne(letter("from", "{\"from\":\"anna\",\"to\":1}", "", 0));
    letters.insertOne(letter("to", "{\"to\":\"anna\"", "", 1)); // no JSON to its end
    letters.insertOne(letter("key", "no JSON", "[\"anna\",\"bert\"]", 2));
    letters.insertOne(
        letter("edited", "{}", "", 3)
            .append("edited", new Binary("{\"to\":\"anna\"}".getBytes(UTF_8))));
    letters.insertOne(letter("kept-deep", "{\"x\":{\"from\":\"anna\"},\"from\":\"bert\"}", "", 4));
    letters.insertOne(letter("kept-later", "{\"from\":\"anna\"}", "", 50));

    Document erasure = run("0");

    assertEquals(List.of("kept-deep", "kept-later"), ids("dead-letters"));
    assertEquals(
        4, erasure.get("counts", Document.class).get("deadLetters", Number.class).intValue());
  }

  @Test
  void stopsBulkReplaysByTheirNameAndForgetsIt() {
    MongoCollection<Document> replays = collection("dead-letter-replays");
    for (String state : List.of("running", "done")) {
      replays.insertOne(
          new Document("_id", state)
              .append("state", state)
              .append("selection", new Document("sender", "anna")));
    }
    replays.insertOne(
        new Document("_id", "other").append("selection", new Document("sender", "bert")));

    run("0");

    assertEquals("stopping", replays.find(new Document("_id", "running")).first().get("state"));
    assertEquals(0, replays.countDocuments(new Document("selection.sender", "anna")));
    assertEquals(1, replays.countDocuments(new Document("selection.sender", "bert")));
  }

  @Test
  void anotherInstanceGoesOnWhereOneHasEnded() {
    collection("messages").insertOne(message("a", "anna", "bert", 0, 1));
    String id = erasures.start("anna", "olga", ENDS).getString("_id");
    erasures.take("one that ends now");
    EraseRunner other = new EraseRunner(mongo.client(), "courier", "0");
    other.turn();
    assertEquals("erasing", erasures.find(id).getString("state"));

    await()
        .until(
            () -> {
              other.turn();
              return erasures.find(id).getString("state").equals("done");
            });
    assertEquals(List.of(), ids("messages"));
  }

  @Test
  void tellsEachInstanceOnceOfEachStep() {
    ErasedPeople here = new ErasedPeople(mongo.client(), "courier", "dead-letter-topic");
    assertFalse(here.hasNews());
    run("90s");
    assertTrue(here.hasNews());
    assertFalse(here.hasNews());
  }

  @Test
  void readsWhomARecordNamesAsFarAsItCanBeRead() {
    assertEquals(
        Set.of("a", "b", "c", "d"),
        Named.by(
            "[\"a\",\"b\"]".getBytes(UTF_8),
            "{\"from\":\"c\",\"x\":[\"y\"],\"to\":\"d\",".getBytes(UTF_8)));
    assertEquals(Set.of(), Named.by(null, "[\"a\"]".getBytes(UTF_8)));
    assertEquals(Set.of(), Named.by(new byte[] {1}, null));
  }
}
