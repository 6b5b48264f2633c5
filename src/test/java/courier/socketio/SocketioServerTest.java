package courier.socketio;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.socketio.server.SocketioConfiguration;
import courier.socketio.server.SocketioServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.BindToRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.junit.jupiter.api.Test;

class SocketioServerTest extends CamelTestSupport {
  @BindToRegistry final MeterRegistry meters = new SimpleMeterRegistry();

  private int port;

  @Override
  public void configureTest(TestExecutionConfiguration configuration) {
    configuration.withEnableJMX();
  }

  @Override
  protected CamelContext createCamelContext() throws Exception {
    CamelContext context = super.createCamelContext();
    port = SocketioClient.freePort();
    component(context).getConfiguration().setPort(port);
    return context;
  }

  @Override
  protected RouteBuilder createRouteBuilder() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("direct:push").routeId("push").to("socketio:newMessage");
      }
    };
  }

  @Test
  void keepsClientsConnectedWhenTheRouteIsReplaced() throws Exception {
    try (SocketioClient client = SocketioClient.connect(port, "")) {
      context.getRouteController().stopRoute("push");
      assertTrue(context.removeRoute("push"));
      assertNull(context.hasEndpoint("socketio:newMessage"));
      context.addRoutes(createRouteBuilder());
      template.sendBody("direct:push", "still here");
      client.awaitReceived(1);
      assertEquals(0, client.disconnects.get());
    }
  }

  @Test
  void countsClientsUntilTheyLeave() {
    SocketioClient websocket = SocketioClient.connect(port, "", "websocket");
    SocketioClient polling = SocketioClient.connect(port, "", "polling");
    assertEquals(2, meters.get("courier.socketio.clients").gauge().value());
    websocket.close();
    polling.close();
    await().until(() -> meters.get("courier.socketio.clients").gauge().value() == 0);
  }

  /** By WebSocket this client does not hear of its end before a ping is missing; others do. */
  @Test
  void aClientThatSendsEventsIsClosedAndComesBack() {
    try (SocketioClient client = SocketioClient.connect(port, "", "polling")) {
      client.emit("newMessage", "from a client");
      await().until(() -> client.disconnects.get() == 1);
      await().until(client::connected);
      template.sendBody("direct:push", "from the route");
      client.awaitReceived(1);
      assertEquals("from the route", client.received.get(0));
    }
  }

  @Test
  void countsWhomItTurnsAway() {
    component(context).getConfiguration().setMaxConnectionsPerAddress(0);
    assertThrows(Exception.class, () -> PlainClient.open(port));
    assertEquals(1, meters.get("courier.socketio.refused").functionCounter().count());
    assertEquals(0, meters.get("courier.socketio.slow").functionCounter().count());
  }

  @Test
  void saysWhichPortIsInUse() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      SocketioConfiguration configuration = new SocketioConfiguration();
      configuration.setPort(taken.getLocalPort());
      SocketioServer server = new SocketioServer(configuration);
      RuntimeCamelException refused = assertThrows(RuntimeCamelException.class, server::start);
      assertTrue(refused.getMessage().contains("localhost:" + taken.getLocalPort()));
    }
  }

  @Test
  void freesThePortForTheNextServer() {
    try (SocketioClient client = SocketioClient.connect(port, "")) {
      SocketioConfiguration configuration = component(context).getConfiguration();
      context.stop();
      SocketioServer next = new SocketioServer(configuration);
      next.start();
      await().until(client::connected);
      assertEquals(1, next.connectedClients());
      next.stop();
    }
  }

  @Test
  void showsClientsAndEventsOverJmx() throws Exception {
    ObjectName endpoint =
        new ObjectName(
            "org.apache.camel:context=%s,type=endpoints,name=\"socketio://newMessage\""
                .formatted(context.getManagementName()));
    try (SocketioClient client = SocketioClient.connect(port, "")) {
      template.sendBody("direct:push", "hello");
      client.awaitReceived(1);
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      assertEquals(1, server.getAttribute(endpoint, "ConnectedClients"));
      assertEquals(1L, server.getAttribute(endpoint, "EventsSent"));
    }
  }

  private static SocketioComponent component(CamelContext context) {
    return context.getComponent("socketio", SocketioComponent.class);
  }
}
