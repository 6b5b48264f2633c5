package courier.absence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.MongoCollection;
import courier.infra.RunningMongo;
import courier.mongodb.MongoIndexes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose absence is told of, by two instances on the real embedded store. */
class AbsencesTest {
  private static final Duration AFTER = Duration.ofMinutes(2);
  private static final Duration ASKING = Duration.ofSeconds(25);

  @TempDir private Path folder;
  private RunningMongo mongo;
  private Instant now = Instant.parse("2026-11-26T12:00:00Z");
  private final Set<String> atOne = new HashSet<>();
  private final Set<String> atOther = new HashSet<>();
  private Absences one;
  private Absences other;

  @BeforeEach
  void start() {
    mongo = RunningMongo.start(folder);
    MongoIndexes.make(mongo.client().getDatabase("courier"));
    one = instance(atOne);
    other = instance(atOther);
  }

  @AfterEach
  void close() {
    mongo.close();
  }

  private Absences instance(Set<String> connected) {
    InstantSource source = () -> now;
    Clock clock = source.withZone(ZoneOffset.UTC);
    return new Absences(mongo.client(), AFTER, ASKING, connected::contains, clock);
  }

  private MongoCollection<Document> collection(String name) {
    return mongo.client().getDatabase("courier").getCollection(name);
  }

  /** As the routes store it, and note that its receipt is expected. */
  private void stored(String id, String from, String to) {
    long offset = mongo.messages().countDocuments();
    mongo
        .messages()
        .insertOne(
            new Document("_id", id)
                .append("from", from)
                .append("to", to)
                .append("createdAt", Date.from(now))
                .append("topicId", "t")
                .append("partition", 0)
                .append("offset", offset));
    expect(id);
  }

  private void expect(String id) {
    collection("awaited-receipts").bulkWrite(List.of(AwaitedReceipts.write(id, now.plus(AFTER))));
  }

  private void acknowledged(String id) {
    Document message = mongo.messages().find(new Document("_id", id)).first();
    Document mark = new Document(message);
    mark.remove("from");
    mark.remove("to");
    mark.put("id", mark.remove("_id"));
    Document key = new Document("person", message.get("to")).append("partner", message.get("from"));
    collection("receipts").insertOne(new Document("_id", key).append("delivered", mark));
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  /** What an instance says in a turn. */
  private static List<String> say(Absences instance) {
    List<String> said = new ArrayList<>();
    instance.look().forEach(absent -> say(instance, absent, said));
    return said;
  }

  private static void say(Absences instance, Absent absent, List<String> said) {
    if (instance.claim(absent)) {
      said.add(absent.id());
      instance.told(absent);
    }
  }

  /** What both say, in turns, until long after it is due. */
  private List<String> sayAll() {
    List<String> said = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      said.addAll(say(one));
      said.addAll(say(other));
      pass(Duration.ofSeconds(10));
    }
    return said;
  }

  @Test
  void whatIsUnacknowledgedByWhoIsAwayIsSaidOnceAlsoIfAllStartAgain() {
    for (int i = 0; i < 40; i++) {
      stored("m" + i, "anna", "p" + i);
    }
    IntStream.range(0, 20).forEach(i -> acknowledged("m" + i));
    atOne.add("p30");
    atOther.add("p31");
    pass(AFTER.plusSeconds(1));
    assertEquals(List.of(), say(one), "before the other one was asked");
    pass(ASKING.minusSeconds(5));
    assertEquals(List.of(), say(other));
    pass(Duration.ofSeconds(6));
    List<String> said = new ArrayList<>();
    var begun = one.look().iterator();
    for (int i = 0; i < 5; i++) {
      say(one, begun.next(), said);
    }
    Absent notTold = begun.next();
    assertTrue(one.claim(notTold));

    mongo.close();
    mongo = RunningMongo.start(folder);
    one = instance(atOne);
    other = instance(atOther);
    said.addAll(say(other));
    assertTrue(!said.contains(notTold.id()), "it is somebody's for a while");
    said.addAll(sayAll());

    List<String> expected =
        IntStream.range(20, 40).filter(i -> i != 30 && i != 31).mapToObj(i -> "m" + i).toList();
    assertEquals(expected, said.stream().sorted().toList());
    assertEquals(List.of(), sayAll());
  }

  @Test
  void aBatchThatComesAgainIsNotSaidAgain() {
    stored("m", "anna", "bert");
    pass(AFTER.plusSeconds(1));
    assertEquals(List.of("m"), sayAll());

    pass(Duration.ofHours(20));
    expect("m");
    pass(AFTER.plusSeconds(1));
    assertEquals(List.of(), sayAll());
  }

  @Test
  void aReceiptInTheLastMomentIsEnough() {
    stored("m", "anna", "bert");
    pass(AFTER.plusSeconds(1));
    assertEquals(List.of(), say(one));
    acknowledged("m");
    pass(ASKING.plusSeconds(1));

    assertEquals(List.of(), sayAll());
    assertEquals(0, collection("awaited-receipts").countDocuments());
  }

  @Test
  void aReceiptWhileOthersAreSaidIsEnough() {
    stored("m", "anna", "bert");
    pass(AFTER.plusSeconds(1));
    say(one);
    pass(ASKING.plusSeconds(1));
    Absent absent = one.look().get(0);
    acknowledged("m");

    assertFalse(one.claim(absent));
    assertEquals(0, collection("awaited-receipts").countDocuments());
  }

  @Test
  void whatIsNotStoredAnyMoreIsNotSaid() {
    stored("erased", "anna", "bert");
    stored("erased-late", "anna", "bert");
    mongo.messages().deleteOne(new Document("_id", "erased"));
    pass(AFTER.plusSeconds(1));
    assertEquals(List.of(), say(one));
    mongo.messages().deleteOne(new Document("_id", "erased-late"));

    assertEquals(List.of(), sayAll());
    assertEquals(0, collection("awaited-receipts").countDocuments());
  }

  @Test
  void whatIsNotTakenIsSaidAgainAndTheOthersMeanwhile() {
    stored("first", "anna", "bert");
    stored("second", "anna", "carl");
    pass(AFTER.plusSeconds(1));
    say(one);
    pass(ASKING.plusSeconds(1));
    one.look().forEach(absent -> assertTrue(one.claim(absent)));
    stored("third", "anna", "dora");

    assertEquals(List.of(), say(other));
    assertEquals(List.of("first", "second", "third"), sayAll().stream().sorted().toList());
  }

  @Test
  void muchIsSaidInTurns() {
    awaitReceipts(150);

    assertEquals(20, say(one).size());
    assertEquals(20, say(other).size());
  }

  /** As by a webhook that takes its time: what the first ones took is the claim of the last. */
  @Test
  void whatIsSaidSlowlyIsSaidOnce() {
    awaitReceipts(40);
    List<String> said = new ArrayList<>();
    List<Absent> slowly = one.look();

    for (Absent absent : slowly) {
      say(one, absent, said);
      pass(Duration.ofSeconds(20));
      said.addAll(say(other));
    }

    List<String> all = IntStream.range(0, 40).mapToObj(i -> "m" + i).sorted().toList();
    assertEquals(all, said.stream().sorted().toList());
  }

  /** They are due by now, and both instances were asked. */
  private void awaitReceipts(int messages) {
    for (int i = 0; i < messages; i++) {
      stored("m" + i, "anna", "p" + i);
    }
    pass(AFTER.plusSeconds(1));
    say(one);
    pass(ASKING.plusSeconds(1));
  }

  @Test
  void nobodysNameIsKept() {
    stored("m", "anna", "bert");
    pass(AFTER.plusSeconds(1));
    say(one);
    String asked = collection("awaited-receipts").find().first().toJson();
    sayAll();
    String told = collection("awaited-receipts").find().first().toJson();

    assertTrue(!(asked + told).contains("bert"), asked + told);
    pass(Duration.ofDays(3));
    say(one);
    assertEquals(0, collection("awaited-receipts").countDocuments());
  }
}
