package courier.backend;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import courier.kafka.ClientProperties;
import courier.kafka.Kafka;
import courier.kafka.RunningKafka;
import courier.kafka.Topics;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes that name topics nobody has made. */
class RouteTopicsTest {
  @TempDir private Path folder;
  private final DefaultCamelContext context = new DefaultCamelContext();
  private RunningKafka broker;
  private Kafka kafka;
  private Admin admin;

  @BeforeEach
  void start() throws Exception {
    broker = new RunningKafka(folder.resolve("kafka"));
    kafka = new Kafka(broker.brokers, ClientProperties.NONE);
    admin = Admin.create(Map.of("bootstrap.servers", broker.brokers));
    KafkaComponent component = new KafkaComponent(context);
    component.getConfiguration().setBrokers(broker.brokers);
    component.getConfiguration().setMaxBlockMs(1000);
    context.addComponent("kafka", component);
    Topics topics = new Topics(kafka, 3, (short) -1);
    context.addLifecycleStrategy(new RouteTopics(context, topics, Set.of("own")));
  }

  @AfterEach
  void stop() {
    context.stop();
    admin.close();
    kafka.close();
    broker.close();
  }

  private Set<String> made() throws Exception {
    return new TreeSet<>(admin.listTopics().names().get());
  }

  @Test
  void makesThoseThatRoutesNameAtTheStartAndWithASave() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:start").to("kafka:audit").wireTap("kafka:tapped").to("kafka:own");
          }
        });
    context.start();
    await().untilAsserted(() -> assertEquals(Set.of("audit", "tapped"), made()));
    assertEquals(3, kafka.describe("audit").partitions().size());

    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            errorHandler(deadLetterChannel("kafka:letters"));
            from("direct:save").filter(body().isNull()).to("kafka:audit").to("kafka:nulls");
          }
        });
    await()
        .untilAsserted(() -> assertEquals(Set.of("audit", "letters", "nulls", "tapped"), made()));
  }

  @Test
  void makesNoneThatAMessageNames() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:start").recipientList(simple("kafka:of-${body}"));
            from("direct:each").to("kafka:each?batchWithIndividualHeaders=true");
          }
        });
    context.start();

    assertThrows(
        Exception.class,
        () -> context.createProducerTemplate().requestBody("direct:start", "a-stranger"));
    assertEquals(Set.of(), made());
  }

  @Test
  void saysWhichCannotBeMade() throws Exception {
    context.start();
    RouteBuilder routes =
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:start").to("kafka:no topic");
          }
        };

    Throwable failure = assertThrows(Exception.class, () -> context.addRoutes(routes));
    while (failure.getCause() != null) {
      failure = failure.getCause();
    }

    assertTrue(
        failure.getMessage().startsWith("A route names the topic no topic: "), failure::getMessage);
  }
}
