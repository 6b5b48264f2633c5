package courier.socketio;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.ExchangePattern;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client emits starts a route, and is answered by what the route ends with. */
@Timeout(30)
class SocketioConsumerTest extends EchoServer {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "42[\"message\",1,\"2\",{\"3\":[true]}] | 42[\"message-back\",1,\"2\",{\"3\":[true]}]",
        "42[\"message\"]                        | 42[\"message-back\"]",
        "42[ \"message\" , null ]               | 42[\"message-back\",null]",
        "42/,[\"message\",\"x\"]                | 42[\"message-back\",\"x\"]",
        "42[\"message\",123456789012345678901.5]| 42[\"message-back\",123456789012345678901.5]",
        "42[\"message\",\"[\\\"Grüße\\\"] 👋🏽\"]  | 42[\"message-back\",\"[\\\"Grüße\\\"] 👋🏽\"]",
        "42456[\"message-with-ack\",1,\"2\",{\"3\":[false]}] | 43456[1,\"2\",{\"3\":[false]}]",
        "420[\"message-with-ack\"]              | 430[]",
        "42007[\"message-with-ack\",[]]         | 437[[]]",
      })
  void isAnsweredWithItsArguments(String event, String answer) {
    try (PlainClient client = connected()) {
      client.send(event);
      awaitLast(client, answer);
    }
  }

  @Test
  void goesToTheClientThatEmittedItAndToNobodyElse() {
    try (PlainClient other = connected();
        PlainClient client = connected()) {
      client.send("42[\"message\",\"mine\"]");
      awaitLast(client, "42[\"message-back\",\"mine\"]");
      other.send("42[\"message\",\"its own\"]");
      awaitLast(other, "42[\"message-back\",\"its own\"]");
      assertEquals(4, other.received.size());
    }
  }

  @Test
  void isOfTheNamespaceThatTheClientIsConnectedTo() {
    try (PlainClient client = connected().send("40/custom,{\"token\":\"abc\"}")) {
      awaitLast(client, "42/custom,[\"auth\",{\"token\":\"abc\"}]");
      client.send("42/custom,7[\"message-with-ack\",\"there\"]");
      awaitLast(client, "43/custom,7[\"there\"]");
      client.send("41/custom").send("42[\"message\",\"here\"]");
      awaitLast(client, "42[\"message-back\",\"here\"]");
      client.send("42/custom,[\"message\",\"there\"]");
      client.awaitClosed("1002 a CONNECT to the namespace comes first");
    }
  }

  @Test
  void anEventThatNoRouteTakesIsAnswered() {
    try (PlainClient client = connected().send("42[\"unknown\"]").send("424[\"unknown\"]")) {
      awaitLast(
          client,
          "434[{\"error\":{\"status\":404,\"title\":\"Not Found\","
              + "\"detail\":\"No route takes the event \\\"unknown\\\".\"}}]");
    }
  }

  @Test
  void aRouteThatFailsIsAnswered() throws Exception {
    route(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("socketio:fails").throwException(IllegalStateException.class, "on purpose");
            from("socketio:unwritable").setBody(exchange -> new Object());
            from("socketio:two?json=true").setBody(constant("{} []"));
            from("socketio:none?json=true").setBody(constant(" "));
            from("socketio:open?json=true").setBody(constant("[{}"));
            from("socketio:string?json=true").setBody(constant("[\"\\q\"]"));
          }
        });
    try (PlainClient client = connected()) {
      for (String event : List.of("fails", "unwritable", "two", "none", "open", "string")) {
        int before = client.received.size();
        client.send("425[\"" + event + "\"]");
        await().until(() -> client.received.size() == before + 1);
        assertTrue(client.received.get(before).contains("\"status\":500"));
      }
    }
  }

  @Test
  void asJsonItIsLetterForLetter() throws Exception {
    List<Object> bodies = new CopyOnWriteArrayList<>();
    route(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("socketio:raw?json=true").process(e -> bodies.add(e.getMessage().getBody()));
          }
        });
    try (PlainClient client = connected()) {
      client.send("421[\"raw\", { \"n\" : 1e400, \"d\":1.0} ,2]");
      awaitLast(client, "431[{ \"n\" : 1e400, \"d\":1.0}]");
      assertEquals(List.of("{ \"n\" : 1e400, \"d\":1.0}"), bodies);
    }
  }

  @Test
  void theEventsOfAClientAreHandledInTheirOrderOneAfterTheOther() throws Exception {
    List<Object> bodies = new CopyOnWriteArrayList<>();
    component.getConfiguration().setMaxEventsPerSecond(10_000);
    route(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("socketio:a").delay(1).process(e -> bodies.add(e.getMessage().getBody()));
            from("socketio:b").process(e -> bodies.add(e.getMessage().getBody()));
          }
        });
    List<Object> sent = new ArrayList<>();
    try (PlainClient client = connected()) {
      for (int i = 0; i < 60; i++) {
        sent.add(i);
        client.send("42[\"" + (i % 2 == 0 ? "a" : "b") + "\"," + i + "]");
      }
      await().untilAsserted(() -> assertEquals(sent, bodies));
    }
  }

  @Test
  void saysWhoEmittedItAndWhetherAnAnswerIsAskedFor() throws Exception {
    List<Object> seen = new CopyOnWriteArrayList<>();
    route(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("socketio:who")
                .process(
                    exchange -> {
                      seen.add(exchange.getPattern());
                      seen.add(exchange.getMessage().getHeader(SocketioConstants.SESSION));
                    });
          }
        });
    try (PlainClient client = connected().send("42[\"who\"]").send("421[\"who\"]")) {
      await().until(() -> seen.size() == 4);
      assertEquals(
          List.of(ExchangePattern.InOnly, ExchangePattern.InOut),
          List.of(seen.get(0), seen.get(2)));
      assertEquals(List.of(client.session(), client.session()), List.of(seen.get(1), seen.get(3)));
    }
  }

  @Test
  void aReplacedRouteTakesOverAndASecondOneIsRefused() throws Exception {
    RouteBuilder second =
        new RouteBuilder() {
          @Override
          public void configure() {
            from("socketio:message").routeId("second").log("never");
          }
        };
    assertThrows(IllegalArgumentException.class, () -> route(second));
    context.removeRoute("second");
    try (PlainClient client = connected()) {
      for (var route : context.getRoutes()) {
        context.getRouteController().stopRoute(route.getId());
      }
      client.send("42[\"message\",1]");
      client.awaitClosed("1008 this server takes no events");
    }
    for (var route : context.getRoutes()) {
      context.getRouteController().startRoute(route.getId());
    }
    try (PlainClient client = connected().send("42[\"message\",2]")) {
      awaitLast(client, "42[\"message-back\",2]");
    }
  }
}
