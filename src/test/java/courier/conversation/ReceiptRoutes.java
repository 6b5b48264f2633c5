package courier.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mongodb.client.MongoClient;
import courier.fixture.RouteFiles;
import courier.infra.RunningMongo;
import courier.mongodb.Mongo;
import courier.socketio.SocketioConstants;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The routes of receipts with an embedded MongoDB; what is announced is mocked. */
abstract class ReceiptRoutes {
  private static final String[] FILES = {
    "kinds-of-failure.camel.yaml",
    "answer-with-error.camel.yaml",
    "answer-as-error.camel.yaml",
    "client-b/receipts.camel.yaml",
    "client-b/note-receipt.camel.yaml",
    "client-b/announce-receipt.camel.yaml"
  };
  static final String DONE = "{\"success\":true}";

  @TempDir Path folder;
  RunningMongo mongo;
  private MongoClient client;
  CamelContext context;
  MockEndpoint announced;

  @BeforeEach
  void start() throws Exception {
    mongo = RunningMongo.start(folder);
    context = new DefaultCamelContext();
    client =
        Mongo.client(
            "mongodb://127.0.0.1:%d/?serverSelectionTimeoutMS=500"
                .formatted(mongo.address().getPort()));
    context.getRegistry().bind("mongo", client);
    context.getRegistry().bind("message-statuses", new MessageStatuses("client-messages"));
    RouteFiles.load(
        context,
        Map.of(
            "mongodb.database", "courier",
            "kafka.brokers", "localhost:1",
            "topics.stored", "stored-messages"),
        FILES);
    for (String status : List.of("delivered", "read")) {
      AdviceWith.adviceWith(
          context, "message-was-" + status, route -> route.replaceFromWith("direct:" + status));
    }
    AdviceWith.adviceWith(
        context,
        "note-receipt",
        route -> route.weaveByToUri("direct:announce-receipt").replace().to("mock:announced"));
    context.start();
    announced = context.getEndpoint("mock:announced", MockEndpoint.class);
  }

  @AfterEach
  void stop() {
    context.stop();
    client.close();
    mongo.close();
  }

  void stored(String id, int partition, long offset) {
    stored(id, partition, offset, offset, "log");
  }

  void stored(String id, int partition, long offset, long created, String log) {
    mongo
        .messages()
        .insertOne(
            new Document("_id", id)
                .append("from", "anna")
                .append("to", "bert")
                .append("message", "?")
                .append("createdAt", new Date(created))
                .append("partition", partition)
                .append("offset", offset)
                .append("topicId", log));
  }

  /** What bert is answered. */
  String emits(String status, Object id) {
    return emits(status, id, "bert");
  }

  String emits(String status, Object id, String name) {
    Exchange answer =
        context
            .createProducerTemplate()
            .request(
                "direct:" + status,
                event -> {
                  event.getMessage().setHeader(SocketioConstants.ROOM, name);
                  event.getMessage().setBody(id == null ? null : "\"" + id + "\"");
                });
    return answer.getMessage().getBody(String.class);
  }

  static JsonNode problem(String answer) throws Exception {
    return new JsonMapper().readTree(answer).path("error");
  }

  List<Document> receipts() {
    return mongo
        .client()
        .getDatabase("courier")
        .getCollection("receipts")
        .find()
        .into(new ArrayList<>());
  }

  String upTo(String status) {
    return receipts().get(0).get(status, Document.class).getString("id");
  }

  List<String> announcements() {
    return announced.getExchanges().stream()
        .map(exchange -> exchange.getVariable("noted", MessageStatus.class))
        .map(noted -> noted.status() + " " + noted.id())
        .toList();
  }
}
