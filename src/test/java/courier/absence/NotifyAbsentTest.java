package courier.absence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import courier.fixture.RouteFiles;
import courier.infra.RunningMongo;
import courier.kafka.RecordHeaders;
import courier.message.ReadMessage;
import courier.mongodb.MongoIndexes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The routes of notify-absent on the real embedded store, with a webhook. */
class NotifyAbsentTest extends CamelTestSupport {
  private static final String FILE = "notify-absent.camel.yaml";

  @TempDir private Path folder;
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger offset = new AtomicInteger();
  private volatile int status = 204;
  private RunningMongo mongo;
  private HttpServer webhook;

  @Override
  public void configureTest(TestExecutionConfiguration configuration) {
    configuration.withUseAdviceWith(true); // it is started below
  }

  @BeforeEach
  void startWhatIsAround() throws Exception {
    mongo = RunningMongo.start(folder);
    MongoIndexes.make(mongo.client().getDatabase("courier")); // as at every start
    webhook = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    webhook.createContext(
        "/",
        request -> {
          String body = new String(request.getRequestBody().readAllBytes(), UTF_8);
          if (status < 300) {
            told.add(body);
          } else {
            refused.incrementAndGet();
          }
          request.getResponseHeaders().set("Connection", "close");
          request.sendResponseHeaders(status, -1);
          request.close();
        });
    webhook.start();
    context.getRegistry().bind("mongo", mongo.client());
    RouteFiles.load(
        context,
        Map.of("mongodb.database", "courier"),
        "kinds-of-failure.camel.yaml",
        "client-b/store-message.camel.yaml",
        "client-b/expect-receipts.camel.yaml");
  }

  @AfterEach
  void stop() {
    webhook.stop(0);
    context.stop();
    mongo.close();
  }

  /** As a person would who wants a webhook, but for how fast it goes. */
  private void start(String after) throws Exception {
    String hook = "http://localhost:%d/hook".formatted(webhook.getAddress().getPort());
    String text =
        Files.readString(Path.of("routes/client-b", FILE))
            .replace("2: 0s", "2: " + after)
            .replace("3: 25s", "3: 100ms")
            .replace("\"10000\"", "\"50\"");
    int log = text.indexOf("log:notify-absent");
    text =
        text.substring(0, log)
            + hook
            + text.substring(text.indexOf("\n", log), text.indexOf("            parameters", log))
            + text.substring(text.indexOf("- route:", log));
    PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString(FILE, text));
    context.start();
  }

  private void receive(String from, String to, long timestamp, String... ids) throws IOException {
    List<Exchange> records = new ArrayList<>();
    for (String id : ids) {
      Exchange record = new DefaultExchange(context);
      record
          .getMessage()
          .setBody(
              "{\"id\":\"%s\",\"from\":\"%s\",\"to\":\"%s\",\"message\":\"secret\"}"
                  .formatted(id, from, to)
                  .getBytes(UTF_8));
      record
          .getMessage()
          .setHeaders(RecordHeaders.at("client-messages", 0, offset.getAndIncrement()));
      record.getMessage().setHeader(KafkaConstants.TIMESTAMP, timestamp);
      records.add(record);
    }
    Exchange batch = new DefaultExchange(context);
    batch.getMessage().setBody(records);
    new ReadMessage().readBatch(batch);
    batch.setVariable("messages", new ArrayList<>(bodies(batch)));
    for (String step : List.of("direct:store-message", "direct:expect-receipts")) {
      assertNull(template.send(step, batch).getException());
    }
  }

  private static List<?> bodies(Exchange batch) {
    List<?> messages = batch.getMessage().getBody(List.class);
    return messages.stream().map(each -> ((org.apache.camel.Message) each).getBody()).toList();
  }

  private long awaited() {
    return mongo.client().getDatabase("courier").getCollection("awaited-receipts").countDocuments();
  }

  @Test
  void whoIsToldIsToldOnceWhatNobodyGets() throws Exception {
    start("50ms");
    long now = System.currentTimeMillis();
    receive("anna", "bert", now, "m1", "m2");
    receive("anna", "anna", now, "to-herself");
    receive("anna", "bert", now - Duration.ofDays(2).toMillis(), "of-long-ago");

    await().until(() -> told.size() == 2);
    assertTrue(
        told.get(0).startsWith("{\"id\":\"m1\",\"from\":\"anna\",\"to\":\"bert\""), told::toString);
    receive("anna", "bert", now, "m3");
    await().until(() -> told.size() == 3);
    assertTrue(told.get(2).contains("\"m3\""), told::toString);
    assertTrue(told.stream().noneMatch(each -> each.contains("secret")), told::toString);
    assertEquals(3, awaited());
  }

  @Test
  void aWebhookThatDoesNotTakeItIsWaitedFor() throws Exception {
    status = 500; // a 503 the client of HTTP asks again by itself
    start("50ms");
    receive("anna", "bert", System.currentTimeMillis(), "m1");
    await().until(() -> refused.get() == 1);
    assertEquals(List.of(), told);

    status = 204;
    Document due = new Document("$set", new Document("due", new Date(0)));
    mongo
        .client()
        .getDatabase("courier")
        .getCollection("awaited-receipts")
        .updateMany(new Document("state", "asked"), due);
    await().until(() -> told.size() == 1);
    assertEquals(1, refused.get());
  }

  @Test
  void isTurnedOnWhileItRuns() throws Exception {
    start("0s");
    long now = System.currentTimeMillis();
    receive("anna", "bert", now, "while-off");
    assertEquals(1, mongo.messages().countDocuments());
    assertEquals(0, awaited());

    context.getRegistry().unbind("absences");
    Absences on = new Absences(mongo.client(), "courier", "50ms", "100ms");
    on.setCamelContext(context);
    context.getRegistry().bind("absences", on);
    receive("anna", "bert", now, "while-on");
    assertEquals(1, awaited());
  }
}
