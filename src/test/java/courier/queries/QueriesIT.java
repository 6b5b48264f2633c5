package courier.queries;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.chaos.proxy.MongoTap;
import courier.fixture.CourierProcess;
import courier.fixture.DeskClient;
import courier.fixture.ForeignProducer;
import courier.fixture.FreePort;
import courier.infra.store.EmbeddedPlan;
import courier.socketio.PlainClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Courier asks MongoDB for, seen between the two of them while all is done that it can do: it
 * is what docs/queries.md lists, and has the index that stands there.
 */
class QueriesIT {
  private static final Pattern NEXT = Pattern.compile("<([^>]*)>; rel=\"next\"");
  private static final QueriesPage PAGE = new QueriesPage();
  private static final SentQueries SENT = new SentQueries();

  /** More than are looked through for conversations, or for where a client goes on. */
  private static final int MANY = 1100;

  private static final int LETTERS = 20;

  @TempDir static Path folder;
  private static CourierProcess courier;
  private static MongoTap tap;
  private static ForeignProducer producer;
  private static DeskClient desk;

  @BeforeAll
  static void doEverything() throws Exception {
    courier = new CourierProcess(folder).with("CLIENT_B_NAME", "*").with("MESSAGES_KEEP", "36500d");
    Path absent = folder.resolve("routes/client-b/notify-absent.camel.yaml");
    String on = Files.readString(absent).replace("2: 0s", "2: 1s").replace("3: 25s", "3: 1s");
    Files.writeString(absent, on);
    courier.start("kafka", "mongodb");
    int server = URI.create(courier.variable("MONGODB_URI")).getPort();
    int port = FreePort.next();
    tap = new MongoTap(port, server, SENT::note);
    courier.with("MONGODB_URI", "mongodb://localhost:%d/courier".formatted(port));
    courier.start("client-a", "client-b");
    desk = new DeskClient(courier);
    producer = new ForeignProducer(courier.brokers());
    talk();
    workDeadLetters();
    var erasing =
        CourierProcess.exchange(
            HttpRequest.newBuilder(URI.create(courier.clientB() + "/people/nobody/messages"))
                .DELETE());
    get(erasing.headers().firstValue("Location").orElseThrow());
    get("/erasures");
    // The rest is asked by timers, or of what is under way.
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(() -> assertEquals(List.of(), notSent(), "in queries.md, and not sent"));
  }

  @AfterAll
  static void close() throws Exception {
    producer.close();
    courier.close();
    tap.close();
  }

  private static void talk() throws Exception {
    for (int i = 0; i < MANY; i++) {
      producer.send("client-messages", "anna-bert", message("m" + i, "anna", "bert"));
    }
    producer.send("client-messages", "bert-anna", message("answer", "bert", "anna"));
    await().until(() -> desk.isStored("m" + (MANY - 1)));
    await().until(() -> desk.isStored("answer"));
    producer.send("client-messages", "anna-bert", message("m0", "anna", "bert")); // once more
    get("/messages");
    pages("/messages?limit=100");
    pages("/messages?clientId=anna&limit=100");
    get("/messages/m0/trace");
    get("/conversations?clientId=anna");
    int port = URI.create(courier.clientB()).getPort();
    try (PlainClient bert = PlainClient.open(port).send("40{\"clientId\":\"bert\"}")) {
      ask(bert, 0, "[\"delivered\",\"m1\"]");
      ask(bert, 1, "[\"read\",\"m1\"]");
      ask(bert, 2, "[\"history\",{\"with\":\"anna\"}]");
      ask(bert, 3, "[\"history\",{\"with\":\"anna\",\"before\":\"m9\"}]");
    }
    get("/conversations?clientId=bert"); // with a place up to which he has read
    try (PlainClient later =
        PlainClient.open(port).send("40{\"clientId\":\"bert\",\"after\":\"m5\"}")) {
      await().until(() -> later.received.stream().filter(p -> p.startsWith("42")).count() > 500);
    }
  }

  private static String message(String id, String from, String to) {
    return "{\"id\":\"%s\",\"from\":\"%s\",\"to\":\"%s\",\"message\":\"?\"}"
        .formatted(id, from, to);
  }

  private static void ask(PlainClient client, int number, String event) {
    await().until(() -> client.received.stream().anyMatch(packet -> packet.startsWith("40")));
    client.send("42" + number + event);
    await().until(() -> client.received.stream().anyMatch(p -> p.startsWith("43" + number)));
  }

  private static void workDeadLetters() throws Exception {
    String last = null;
    for (int i = 0; i < LETTERS; i++) {
      last = producer.send("client-messages", "k", "{\"from\":\"carl\",\"to\":\"bert\"}");
    }
    desk.awaitState(last, "failed");
    String group = desk.get(last).get("group").textValue();
    List<String> selections =
        List.of(
            "group=" + group,
            "state=failed",
            "reason=invalid-member",
            "sender=carl",
            "tag=billing",
            "held=true",
            "held=false",
            "since=2000-01-01T00:00:00Z&until=2100-01-01T00:00:00Z");
    for (String selection : selections) {
      get("/dead-letters?limit=10&" + selection);
      get("/dead-letter-groups?" + selection);
    }
    pages("/dead-letters?limit=10");
    pages("/dead-letters?q=carl&limit=10");
    get("/dead-letter-groups");
    get("/messages/" + last + "/trace");
    List.of("/dead-letters/" + last, "/dead-letter-groups/" + group).forEach(QueriesIT::say);
    for (String action : List.of("/discard", "/undo", "/replay")) {
      assertTrue(desk.post(last + action, "").statusCode() < 300);
    }
    bulk("{\"sender\":\"nobody\"}", 404);
    bulk("{\"sender\":\"carl\",\"group\":\"%s\",\"rate\":1}".formatted(group), 202);
    String slow = desk.list("/dead-letter-replays").get(0).get("_id").textValue();
    await().until(() -> desk.replay(slow).get("queued").intValue() < LETTERS - 1);
    // What waits is looked after every few seconds.
    await().until(() -> SENT.has("dead-letter-replays: state $in, _id"));
    desk.postTo("/dead-letter-replays/" + slow + "/stop", "", "");
    bulk("{\"ids\":[\"%s\"]}".formatted(last), 202);
    pages("/dead-letter-replays?limit=1");
  }

  private static void say(String of) {
    String all = "tags{'add':['a']} tags{'remove':['a']} notes{'text':'?'} hold{} release{}";
    for (String each : all.replace('\'', '"').split(" ")) {
      String[] action = each.split("(?=\\{)", 2);
      var answer = desk.postTo(of + "/" + action[0], action[1], "application/json");
      assertEquals(200, answer.statusCode(), answer::body);
    }
  }

  private static List<String> notSent() {
    return PAGE.indexed().keySet().stream().filter(shape -> !SENT.has(shape)).toList();
  }

  private static void bulk(String json, int status) {
    var answer = desk.postTo("/dead-letter-replays", json, "application/json");
    assertEquals(status, answer.statusCode(), answer::body);
  }

  private static void get(String path) {
    assertEquals(200, courier.get(courier.clientB() + path).statusCode(), path);
  }

  /** Two of them. */
  private static void pages(String path) {
    var first = courier.get(courier.clientB() + path);
    Matcher next = NEXT.matcher(first.headers().firstValue("Link").orElse(""));
    assertTrue(next.find(), path);
    get(next.group(1));
  }

  @Test
  void isListedWithTheIndexThatLeadsToIt() {
    Map<String, String> indexed = new TreeMap<>();
    SENT.all()
        .forEach(query -> SENT.indexes.of(query).ifPresent(use -> indexed.put(query.shape(), use)));
    Set<String> sent = lines(indexed);
    Set<String> listed = lines(PAGE.indexed());
    assertEquals(Set.of(), without(sent, listed), "not in queries.md");
    assertEquals(Set.of(), without(listed, sent), "in queries.md, and not so");
  }

  @Test
  void isListedWithAReasonIfThereIsNone() {
    assertReasons(PAGE.exceptions(), query -> SENT.indexes.of(query).isEmpty());
  }

  @Test
  void hasAnIndexInTheEmbeddedStoreTooOrAReason() {
    assertReasons(
        PAGE.embeddedExceptions(),
        query -> {
          try (EmbeddedPlan plan = new EmbeddedPlan(SENT.indexes.keys(query.collection()))) {
            return SENT.indexes.of(query).isPresent() && !query.hasIndex(plan);
          }
        });
  }

  private static void assertReasons(Map<String, String> reasons, Predicate<SentQuery> needsOne) {
    Map<String, String> needed = new TreeMap<>();
    SENT.all().stream().filter(needsOne).forEach(query -> needed.put(query.shape(), ""));
    assertEquals(String.join("\n", reasons.keySet()), String.join("\n", needed.keySet()));
    reasons.forEach((shape, reason) -> assertFalse(reason.isBlank(), shape));
  }

  private static Set<String> lines(Map<String, String> rows) {
    Set<String> lines = new TreeSet<>();
    rows.forEach((shape, index) -> lines.add("`%s` | `%s`".formatted(shape, index)));
    return lines;
  }

  private static Set<String> without(Set<String> some, Set<String> others) {
    Set<String> rest = new TreeSet<>(some);
    rest.removeAll(others);
    return rest;
  }
}
