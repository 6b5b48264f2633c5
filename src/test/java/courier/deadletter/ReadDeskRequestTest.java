package courier.deadletter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class ReadDeskRequestTest {
  private final ReadDeskRequest desk =
      new ReadDeskRequest("routes/client-b/dead-letter-action.schema.json");

  @Test
  void letsNoHeaderThrough() throws Exception {
    Message request = new DefaultExchange(new DefaultCamelContext()).getMessage();
    request.setHeader("id", "client-messages-0-1");
    request.setHeader(KafkaConstants.OVERRIDE_TOPIC, "elsewhere");
    request.setHeader(KafkaConstants.KEY, "another");
    request.setHeader("Cookie", "c");

    assertEquals("client-messages-0-1", desk.read(request).id());
    assertEquals(Map.of(), request.getHeaders());
  }
}
