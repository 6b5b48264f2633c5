package courier.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import courier.fixture.RouteFiles;
import courier.kafka.ClientProperties;
import courier.kafka.Kafka;
import courier.socketio.SocketioConstants;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The route push-messages with its edges (Kafka, Socket.IO) mocked. */
class PushMessagesTest extends CamelTestSupport {
  private final Kafka kafka = new Kafka("localhost:1", ClientProperties.NONE);

  @AfterEach
  void closeKafka() {
    kafka.close();
  }

  @Override
  public void configureTest(TestExecutionConfiguration configuration) {
    configuration.withUseAdviceWith(true);
  }

  @BeforeEach
  void loadTheRoutes() throws Exception {
    context.getRegistry().bind("kafka", kafka);
    RouteFiles.load(
        context,
        Map.of(
            "kafka.brokers", "localhost:1",
            "topics.messages", "client-messages",
            "topics.stored", "stored-messages",
            "client-b.group", "client-b.anna",
            "client-b.name", "anna"),
        "client-b/push-messages.camel.yaml",
        "client-b/push-stored.camel.yaml");
    AdviceWith.adviceWith(
        context,
        "push-messages",
        route -> {
          route.replaceFromWith("direct:announced");
          route.weaveById("push-receipt").replace().to("mock:told");
          route.weaveById("commit-pushed").replace().to("mock:committed");
        });
    AdviceWith.adviceWith(
        context, "push-stored", route -> route.weaveById("push").replace().to("mock:pushed"));
    context.start();
  }

  @Test
  void pushesWhatWasAnnouncedStretchByStretch() {
    template.sendBody(
        "direct:announced", List.of(announcement(10), announcement(11), announcement(20)));

    MockEndpoint pushed = getMockEndpoint("mock:pushed");
    assertEquals(2, pushed.getReceivedCounter());
    Message first = pushed.getExchanges().get(0).getMessage();
    assertEquals("the log", first.getHeader(SocketioConstants.LOG));
    assertEquals(Map.of(0, 10L), first.getHeader(SocketioConstants.FROM));
    assertEquals(Map.of(0, 12L), first.getHeader(SocketioConstants.NEXT));
    List<?> events = first.getBody(List.class);
    assertEquals(2, events.size());
    assertEquals("anna", ((Message) events.get(0)).getHeader(SocketioConstants.ROOM));
    assertEquals(false, first.getHeader(SocketioConstants.EARLY));
    assertEquals(1, getMockEndpoint("mock:committed").getReceivedCounter());
  }

  @Test
  void tellsOfReceiptsBothWhoAreInTheConversation() {
    Exchange receipt = new DefaultExchange(context);
    String status =
        "{\"person\":\"bert\",\"partner\":\"anna\",\"status\":\"read\",\"_id\":\"m1\",\"partition\":0,\"offset\":10}";
    receipt
        .getMessage()
        .setBody(("{\"status\":" + status + ",\"topic\":\"client-messages\"}").getBytes(UTF_8));
    template.sendBody("direct:announced", List.of(announcement(10), receipt));

    assertEquals(1, getMockEndpoint("mock:pushed").getReceivedCounter());
    MockEndpoint told = getMockEndpoint("mock:told");
    assertEquals(
        List.of("bert", "anna"),
        told.getExchanges().stream()
            .map(exchange -> exchange.getMessage().getHeader(SocketioConstants.ROOM))
            .toList());
    assertEquals(status, told.getExchanges().get(0).getMessage().getBody());
    assertEquals(1, getMockEndpoint("mock:committed").getReceivedCounter());
  }

  @Test
  void pushesWhatWasStoredHereAsWhatComesAgain() throws Exception {
    template.sendBody("direct:push-stored-here", List.of(read(10), read(11)));

    MockEndpoint pushed = getMockEndpoint("mock:pushed");
    assertEquals(1, pushed.getReceivedCounter());
    Message stretch = pushed.getExchanges().get(0).getMessage();
    assertEquals(true, stretch.getHeader(SocketioConstants.EARLY));
    assertEquals(2, stretch.getBody(List.class).size());
  }

  @Test
  void doesNotFailWhatWasStoredBecauseOfPushingIt() throws Exception {
    MockEndpoint pushed = getMockEndpoint("mock:pushed");
    pushed.whenAnyExchangeReceived(
        exchange -> {
          throw new IllegalStateException("on purpose");
        });

    template.sendBody("direct:push-stored-here", List.of(read(10)));

    assertEquals(1, pushed.getReceivedCounter());
  }

  private Announcement read(long offset) throws Exception {
    return Announcement.read(announcement(offset).getMessage().getBody(byte[].class));
  }

  private Exchange announcement(long offset) {
    Exchange record = new DefaultExchange(context);
    record
        .getMessage()
        .setBody(
            """
            {"topic":"client-messages","topicId":"the log","group":"client-b.anna",
            "partition":0,"from":%1$d,"next":%2$d,"events":[[%1$d,"anna","{\\"_id\\":\\"m1\\"}"]]}"""
                .formatted(offset, offset + 1)
                .getBytes(UTF_8));
    return record;
  }
}
