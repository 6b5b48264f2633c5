package courier.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.kafka.Kafka;
import courier.socketio.SocketioConstants;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The route push-messages with its edges (Kafka, Socket.IO) mocked. */
class PushMessagesTest extends CamelTestSupport {
  private final Kafka kafka = new Kafka("localhost:1");

  @AfterEach
  void closeKafka() {
    kafka.close();
  }

  @Override
  public void configureTest(TestExecutionConfiguration configuration) {
    configuration.withUseAdviceWith(true);
  }

  @Test
  void pushesWhatWasAnnouncedAndTellsOfAGapBeforeIt() throws Exception {
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "kafka.brokers", "localhost:1",
            "topics.messages", "client-messages",
            "topics.stored", "stored-messages",
            "client-b.group", "client-b.anna",
            "client-b.name", "anna"));
    context.getPropertiesComponent().setOverrideProperties(properties);
    context.getRegistry().bind("kafka", kafka);
    for (String file : List.of("push-messages")) {
      PluginHelper.getRoutesLoader(context)
          .loadRoutes(
              PluginHelper.getResourceLoader(context)
                  .resolveResource("file:routes/client-b/" + file + ".camel.yaml"));
    }
    AdviceWith.adviceWith(
        context,
        "push-messages",
        route -> {
          route.replaceFromWith("direct:announced");
          route.weaveByToUri("socketio:*").replace().to("mock:pushed");
          route.weaveById("commit-pushed").replace().to("mock:committed");
        });
    context.start();

    template.sendBody("direct:announced", List.of(announcement(10), announcement(11)));
    template.sendBody("direct:announced", List.of(announcement(20)));

    MockEndpoint pushed = getMockEndpoint("mock:pushed");
    List<?> events = pushed.getExchanges().get(0).getMessage().getBody(List.class);
    assertEquals(2, events.size());
    assertEquals("anna", ((Message) events.get(0)).getHeader(SocketioConstants.ROOM));
    assertEquals(false, gap(pushed.getExchanges().get(0)));
    assertTrue(gap(pushed.getExchanges().get(1)));
    assertEquals(2, getMockEndpoint("mock:committed").getReceivedCounter());
  }

  private static boolean gap(Exchange batch) {
    return batch.getMessage().getHeader(SocketioConstants.GAP, Boolean.class);
  }

  private Exchange announcement(long offset) {
    Exchange record = new DefaultExchange(context);
    record.getMessage().setHeader(KafkaConstants.OFFSET, offset);
    record.getMessage().setBody("[[0,5,{\"_id\":\"m1\",\"to\":\"anna\"}]]".getBytes(UTF_8));
    return record;
  }
}
