package courier.socketio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.camel.CamelContext;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketioEndpointTest {
  private final CamelContext context = new DefaultCamelContext();

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void takesItsOptionsFromTheUri() {
    SocketioEndpoint endpoint =
        context.getEndpoint(
            "socketio:newMessage?namespace=/admin&room=blue&useIterator=true",
            SocketioEndpoint.class);
    assertEquals("newMessage", endpoint.getEvent());
    assertEquals("/admin", endpoint.getNamespace());
    assertEquals("blue", endpoint.getRoom());
    assertTrue(endpoint.isUseIterator());
  }

  @Test
  void refusesAnUnknownOptionAndAMissingEvent() {
    for (String uri : new String[] {"socketio:newMessage?rooms=blue", "socketio:"}) {
      assertThrows(ResolveEndpointFailedException.class, () -> context.getEndpoint(uri));
    }
  }

  @Test
  void configuresTheServerByComponentOptions() {
    SocketioComponent component = context.getComponent("socketio", SocketioComponent.class);
    var configurer = component.getComponentPropertyConfigurer();
    assertTrue(configurer.configure(context, component, "pingInterval", "5s", true));
    assertTrue(configurer.configure(context, component, "transports", "websocket", true));
    assertEquals(5000, component.getConfiguration().getPingInterval());
    assertEquals("websocket", component.getConfiguration().getTransports());
  }
}
