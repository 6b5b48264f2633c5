package courier.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import courier.fixture.RouteFiles;
import courier.infra.RunningMongo;
import courier.mongodb.MongoIndexes;
import courier.socketio.SocketioConstants;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.impl.DefaultCamelContext;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The route history with an embedded MongoDB. */
class HistoryTest {
  @TempDir Path folder;
  private RunningMongo mongo;
  private CamelContext context;

  @BeforeEach
  void start() throws Exception {
    mongo = RunningMongo.start(folder);
    MongoIndexes.make(mongo.client().getDatabase("courier"));
    context = new DefaultCamelContext();
    context.getRegistry().bind("mongo", mongo.client());
    RouteFiles.load(
        context,
        Map.of("mongodb.database", "courier", "routes.folder", "routes/client-b"),
        "kinds-of-failure.camel.yaml",
        "answer-with-error.camel.yaml",
        "answer-as-error.camel.yaml",
        "client-b/history.camel.yaml");
    AdviceWith.adviceWith(context, "history", route -> route.replaceFromWith("direct:history"));
    context.start();
  }

  @AfterEach
  void stop() {
    context.stop();
    mongo.close();
  }

  private void stored(String from, String to, int first, int last, String text) {
    mongo
        .messages()
        .insertMany(
            IntStream.rangeClosed(first, last)
                .mapToObj(
                    i ->
                        new Document("_id", "m" + i)
                            .append("from", i % 2 == 0 ? from : to)
                            .append("to", i % 2 == 0 ? to : from)
                            .append("message", text)
                            .append("createdAt", new Date(1_700_000_000_000L + i / 10))
                            .append("partition", 0)
                            .append("offset", (long) i)
                            .append("topicId", "log"))
                .toList());
  }

  /** What anna is answered. */
  private JsonNode asks(String argument) throws Exception {
    Exchange answer =
        context
            .createProducerTemplate()
            .request(
                "direct:history",
                event -> {
                  event.getMessage().setHeader(SocketioConstants.ROOM, "anna");
                  event.getMessage().setBody(argument);
                });
    return new JsonMapper().readTree(answer.getMessage().getBody(String.class));
  }

  private List<String> ids(String argument) throws Exception {
    return StreamSupport.stream(asks(argument).path("messages").spliterator(), false)
        .map(message -> message.path("_id").asText())
        .toList();
  }

  private static List<String> from(int newest, int oldest) {
    return IntStream.rangeClosed(oldest, newest)
        .mapToObj(i -> "m" + (newest + oldest - i))
        .toList();
  }

  @Test
  void isBothDirectionsOfOneConversationPageByPage() throws Exception {
    stored("anna", "bert", 0, 299, "?");
    stored("anna", "carl", 300, 320, "?");
    stored("carl", "bert", 321, 340, "?");

    assertEquals(from(299, 250), ids("{\"with\":\"bert\"}"));
    List<String> all = new ArrayList<>(ids("{\"with\":\"bert\",\"limit\":7}"));
    for (List<String> page = all; !page.isEmpty(); all.addAll(page)) {
      String last = all.get(all.size() - 1);
      page = ids("{\"with\":\"bert\",\"limit\":7,\"before\":\"%s\"}".formatted(last));
    }
    assertEquals(from(299, 0), all);
    assertEquals(from(299, 100), ids("{\"with\":\"bert\",\"limit\":200}"));
  }

  @Test
  void isOfWhoWritesToThemselvesOnce() throws Exception {
    stored("anna", "anna", 0, 5, "?");
    assertEquals(from(5, 0), ids("{\"with\":\"anna\"}"));
    assertEquals(from(2, 0), ids("{\"with\":\"anna\",\"before\":\"m3\"}"));
  }

  @Test
  void isLessWhenItIsLarge() throws Exception {
    stored("anna", "bert", 0, 20, "x".repeat(75_000));
    assertEquals(from(20, 17), ids("{\"with\":\"bert\"}"));
    assertEquals(from(16, 13), ids("{\"with\":\"bert\",\"before\":\"m17\"}"));

    stored("anna", "dora", 30, 31, "x".repeat(750_000));
    assertEquals(List.of("m31"), ids("{\"with\":\"dora\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "{'with':''} | 400 | `with` is empty: add the name of the other one.",
        "{} | 400 | `with` is missing: add the name of the other one.",
        "{'with':7} | 400 | `with` is of type integer: send a string.",
        "{'with':'bert','limit':0} | 400 | `limit` must have a minimum value of 1.",
        "{'with':'bert','limit':201} | 400 | `limit` must have a maximum value of 200.",
        "{'with':'bert','before':7} | 400 | `before` is of type integer: send a string.",
        "{'with':'bert','after':'m1'} | 400 | `after` is not known here: leave it out.",
        "{'with':'bert','before':'m9'} | 404 | There is no message with the id `before` in this conversation.",
        "{'with':'bert','before':'m1'} | 404 | There is no message with the id `before` in this conversation.",
      },
      delimiter = '|')
  void refusesWhatCannotBe(String argument, int status, String detail) throws Exception {
    stored("anna", "carl", 0, 2, "?");
    JsonNode problem = asks(argument.replace('\'', '"')).path("error");

    assertEquals(status, problem.path("status").asInt());
    assertEquals(detail, problem.path("detail").asText());
  }

  @Test
  void saysWhatToSendInsteadOfNothing() throws Exception {
    for (String argument : new String[] {null, "", "null", "[]", "\"bert\"", "{"}) {
      JsonNode problem = asks(argument).path("error");
      assertEquals(400, problem.path("status").asInt());
      assertTrue(problem.path("detail").asText().contains("{\"with\":\"bert\",\"limit\":50}"));
    }
  }
}
