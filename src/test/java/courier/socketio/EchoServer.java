package courier.socketio;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A real server with routes that answer with what was emitted. */
abstract class EchoServer {
  final CamelContext context = new DefaultCamelContext();
  SocketioComponent component;
  int port;

  @BeforeEach
  void start() throws Exception {
    port = SocketioClient.freePort();
    component = context.getComponent("socketio", SocketioComponent.class);
    component.getConfiguration().setPort(port);
    context.start();
    new Echo().addRoutesToCamelContext(context);
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  /** The application that the protocol's own tests talk to. */
  private static final class Echo extends RouteBuilder {
    @Override
    public void configure() {
      for (String namespace : List.of("/", "/custom")) {
        String in = "?namespace=" + namespace;
        from("socketio:connect" + in).to("socketio:auth" + in);
        from("socketio:message" + in + "&allArguments=true")
            .to("socketio:message-back" + in + "&allArguments=true");
        from("socketio:message-with-ack" + in + "&allArguments=true").log("${body}");
      }
    }
  }

  void route(RouteBuilder routes) throws Exception {
    routes.addRoutesToCamelContext(context);
  }

  PlainClient connected() {
    PlainClient client = PlainClient.open(port).send("40");
    await().until(() -> client.received.contains("42[\"auth\",{}]"));
    return client;
  }

  static void awaitLast(PlainClient client, String text) {
    await()
        .untilAsserted(() -> assertEquals(text, client.received.get(client.received.size() - 1)));
  }
}
