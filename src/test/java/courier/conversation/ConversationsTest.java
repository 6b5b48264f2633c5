package courier.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOptions;
import courier.http.LongAnswers;
import courier.http.Refusal;
import courier.infra.RunningMongo;
import courier.mongodb.MongoIndexes;
import courier.mongodb.StoredJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversations in an embedded MongoDB. */
class ConversationsTest {
  private static final long START = 1_700_000_000_000L;

  @TempDir Path folder;
  private RunningMongo mongo;
  private Conversations conversations;

  @BeforeEach
  void start() {
    mongo = RunningMongo.start(folder);
    MongoIndexes.make(mongo.client().getDatabase("courier"));
    conversations = new Conversations(mongo.client(), "courier", new LongAnswers(1, 1));
  }

  @AfterEach
  void stop() {
    mongo.close();
  }

  private static Document message(
      String id, String from, String to, int partition, long offset, long created) {
    return new Document("_id", id)
        .append("from", from)
        .append("to", to)
        .append("message", "?")
        .append("createdAt", new Date(START + created))
        .append("partition", partition)
        .append("offset", offset)
        .append("topicId", "log");
  }

  private Document stored(String from, String to, int partition, long offset, long created) {
    Document message =
        message(from + to + partition + "-" + offset, from, to, partition, offset, created);
    mongo.messages().insertOne(message);
    return message;
  }

  private void marked(String person, String partner, String status, Document message) {
    MongoCollection<Document> receipts =
        mongo.client().getDatabase("courier").getCollection("receipts");
    receipts.updateOne(
        new Document("_id", Receipts.id(person, partner)),
        new Document("$set", new Document(status, Mark.of(message).document())),
        new UpdateOptions().upsert(true));
  }

  private List<Document> of(String person) {
    List<Document> all = new ArrayList<>();
    conversations.of(person, 100).forEachRemaining(all::add);
    return all;
  }

  private Document with(String person, String partner) {
    return of(person).stream()
        .filter(each -> each.get("partner").equals(partner))
        .findFirst()
        .orElseThrow();
  }

  private List<Object> partners(String person) {
    return of(person).stream().map(each -> each.get("partner")).toList();
  }

  @Test
  void areThoseOfOnePersonNewestFirstWithTheLastMessageWhoeverSentIt() throws Exception {
    stored("anna", "bert", 0, 1, 10);
    stored("bert", "anna", 0, 2, 20);
    stored("carl", "anna", 1, 1, 5);
    stored("anna", "dora", 2, 7, 30);
    stored("bert", "carl", 3, 1, 40);
    stored("anna", "anna", 3, 2, 15);

    assertEquals(List.of("dora", "bert", "anna", "carl"), partners("anna"));
    assertEquals(
        "{\"partner\":\"bert\",\"last\":{\"_id\":\"bertanna0-2\",\"from\":\"bert\",\"to\":\"anna\","
            + "\"message\":\"?\",\"createdAt\":\"2023-11-14T22:13:20.020Z\",\"partition\":0,\"offset\":2,"
            + "\"topicId\":\"log\"},\"unread\":1,\"delivered\":null,\"read\":null}",
        new JsonMapper().readTree(StoredJson.of(with("anna", "bert"))).toString());
    assertEquals(List.of(), partners("nobody"));
  }

  @Test
  void countWhatIsUnreadByThePlaceOfWhatWasReadAndElsewhereByTime() {
    stored("bert", "anna", 0, 1, 10);
    Document read = stored("bert", "anna", 0, 2, 20);
    assertEquals(2, with("anna", "bert").get("unread"));

    stored("anna", "bert", 0, 3, 30);
    stored("bert", "anna", 0, 4, 15); // its time is before, its place behind
    stored("bert", "anna", 1, 51, 19);
    stored("bert", "anna", 1, 52, 20);
    stored("bert", "anna", 1, 1, 21);
    marked("anna", "bert", "read", read);

    assertEquals(2, with("anna", "bert").get("unread"));
    assertEquals(1, with("bert", "anna").get("unread"));
  }

  @Test
  void countNoFurtherThanAThousand() {
    mongo
        .messages()
        .insertMany(
            IntStream.range(0, 1_200)
                .mapToObj(i -> message("m" + i, "bert", "anna", 0, i, i))
                .toList());
    assertEquals(1_000, with("anna", "bert").get("unread"));
    marked("anna", "bert", "read", message("m300", "bert", "anna", 0, 300, 300));
    assertEquals(899, with("anna", "bert").get("unread"));
  }

  @Test
  void sayUpToWhereThePartnerHasWhatThePersonSent() {
    Document first = stored("anna", "bert", 0, 1, 10);
    Document second = stored("anna", "bert", 0, 2, 20);
    stored("bert", "anna", 0, 3, 30);
    assertEquals(null, with("anna", "bert").get("delivered"));
    assertEquals(null, with("anna", "bert").get("read"));

    marked("bert", "anna", "read", first);
    assertEquals("annabert0-1", with("anna", "bert").get("delivered")); // or it was not read
    marked("bert", "anna", "delivered", second);
    assertEquals("annabert0-2", with("anna", "bert").get("delivered"));
    assertEquals("annabert0-1", with("anna", "bert").get("read"));
    assertEquals(null, with("bert", "anna").get("read"));
  }

  @Test
  void areFoundAmongManyOfAnyNames() {
    Random random = new Random(7);
    List<String> names = List.of("anna", "a", "A", "ä", "\uffee", "😀", "$ne", "an", "anna ", "z");
    List<Document> all = new ArrayList<>();
    for (int i = 0; i < 7_000; i++) { // more of each than are looked at first
      String from = names.get(random.nextInt(names.size()));
      String to = names.get(random.nextInt(names.size()));
      all.add(message("m" + i, from, to, random.nextInt(4), i, i / 3));
    }
    mongo.messages().insertMany(all);
    all.sort(new NewestFirst());

    for (String name : names) {
      Map<String, Object> wanted = new LinkedHashMap<>();
      for (Document message : all) {
        if (message.get("from").equals(name)) {
          wanted.putIfAbsent(message.getString("to"), message.get("_id"));
        } else if (message.get("to").equals(name)) {
          wanted.putIfAbsent(message.getString("from"), message.get("_id"));
        }
      }
      Map<String, Document> found =
          new Partners(mongo.messages(), name, new Deadline(60)).lastMessages(100);
      assertEquals(List.copyOf(wanted.keySet()), List.copyOf(found.keySet()));
      assertEquals(
          List.copyOf(wanted.values()), found.values().stream().map(d -> d.get("_id")).toList());
    }
  }

  @Test
  void areAtMostAsManyAsAskedForAndTheNewestOfThem() {
    List<Document> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String other = "p" + i % 150;
      all.add(
          message("m" + i, i % 2 == 0 ? other : "anna", i % 2 == 0 ? "anna" : other, i % 3, i, i));
    }
    mongo.messages().insertMany(all);

    assertEquals(100, partners("anna").size());
    assertEquals(100, new HashSet<>(partners("anna")).size());
    Set<String> three =
        new Partners(mongo.messages(), "anna", new Deadline(60)).lastMessages(3).keySet();
    assertEquals(List.of("p149", "p148", "p147"), List.copyOf(three));
  }

  @Test
  void endInWordsWhenTheTimeIsOver() {
    Refusal refusal =
        assertThrows(
            Refusal.class,
            () -> new Partners(mongo.messages(), "anna", new Deadline(0)).lastMessages(3));
    assertEquals(503, refusal.problem().status());
  }

  @Test
  void areRefusedToNobody() {
    assertEquals("`clientId` is missing: say whose conversations.", refusal(null));
    assertEquals("`clientId` is empty: say whose conversations.", refusal(""));
    assertEquals("`clientId` is there twice: send it once.", refusal(List.of("anna", "bert")));
    assertEquals(
        "`clientId` is longer than a name can be: give at most 128 characters.",
        refusal("😀".repeat(129)));
    assertEquals("$ne", Conversations.person("$ne"));
  }

  private static String refusal(Object clientId) {
    return assertThrows(Refusal.class, () -> Conversations.person(clientId)).getMessage();
  }

  @Test
  void areNotMoreThanAHundred() {
    assertEquals(100, Conversations.limit(null));
    assertEquals(7, Conversations.limit("7"));
    for (Object wrong : List.of("0", "101", "-1", "x", "", List.of("1", "2"))) {
      assertEquals(
          "`limit` must be a number from 1 to 100.",
          assertThrows(Refusal.class, () -> Conversations.limit(wrong)).getMessage());
    }
  }
}
