package courier.socketio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import courier.socketio.server.SocketioConfiguration;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketioComponentTest extends CamelTestSupport {
  private int port;

  @Override
  protected CamelContext createCamelContext() throws Exception {
    CamelContext context = super.createCamelContext();
    port = SocketioClient.freePort();
    SocketioConfiguration configuration =
        context.getComponent("socketio", SocketioComponent.class).getConfiguration();
    configuration.setPort(port);
    configuration.setConnectListener(
        client -> {
          String room = client.getHandshakeData().getSingleUrlParam("room");
          if (room != null) {
            client.joinRoom(room);
          }
        });
    return context;
  }

  @Override
  protected RouteBuilder createRouteBuilder() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("direct:one").to("socketio:newMessage");
        from("direct:each").to("socketio:newMessage?useIterator=true");
        from("direct:admin").to("socketio:newMessage?namespace=/admin");
        from("direct:room").to("socketio:newMessage?room=blue");
      }
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "polling"})
  void deliversAnObjectByEachTransport(String transport) throws Exception {
    try (SocketioClient client = SocketioClient.connect(port, "", transport)) {
      template.sendBody(
          "direct:one",
          Map.of("_id", "1", "message", "Grüße 你好 👋🏽", "nested", Map.of("a", List.of(1, 2))));
      client.awaitReceived(1);
      JSONObject argument = (JSONObject) client.received.get(0);
      assertEquals("Grüße 你好 👋🏽", argument.getString("message"));
      assertEquals(2, argument.getJSONObject("nested").getJSONArray("a").getInt(1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "polling"})
  void sendsEachElementInOrder(String transport) {
    try (SocketioClient client = SocketioClient.connect(port, "", transport)) {
      List<Integer> numbers = IntStream.range(0, 1000).boxed().toList();
      template.sendBody("direct:each", numbers);
      client.awaitReceived(numbers.size());
      assertEquals(numbers, client.received);
    }
  }

  @Test
  void sendsStringsAndStreamsAsStrings() {
    try (SocketioClient client = SocketioClient.connect(port, "")) {
      template.sendBody("direct:one", "say \"hi\"\n");
      template.sendBody("direct:one", new ByteArrayInputStream("stream".getBytes()));
      client.awaitReceived(2);
      assertEquals(List.of("say \"hi\"\n", "stream"), client.received);
    }
  }

  @Test
  void encodesOnceForAllClients() {
    Counted body = new Counted();
    try (SocketioClient first = SocketioClient.connect(port, "");
        SocketioClient second = SocketioClient.connect(port, "")) {
      template.sendBody("direct:one", body);
      first.awaitReceived(1);
      second.awaitReceived(1);
    }
    assertEquals(1, body.encoded);
  }

  @Test
  void encodesNothingForNobody() {
    Counted body = new Counted();
    template.sendBody("direct:one", body);
    assertEquals(0, body.encoded);
  }

  @Test
  void reachesOnlyTheNamespaceAndTheRoom() {
    try (SocketioClient main = SocketioClient.connect(port, "");
        SocketioClient admin = SocketioClient.connect(port, "/admin");
        SocketioClient blue = SocketioClient.connect(port, "?room=blue")) {
      template.sendBody("direct:admin", "admin");
      template.sendBody("direct:room", "blue");
      template.sendBody("direct:one", "all");
      main.awaitReceived(1);
      blue.awaitReceived(2);
      admin.awaitReceived(1);
      assertEquals(List.of("all"), main.received);
      assertEquals(List.of("blue", "all"), blue.received);
      assertEquals(List.of("admin"), admin.received);
    }
  }

  /** A bean that counts how often it becomes JSON. */
  static final class Counted {
    private int encoded;

    public int getEncoded() {
      return ++encoded;
    }
  }
}
