package courier.message;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Client A's route files as they are, between a direct endpoint and Kafka's mock producer. */
final class ClientARoutes implements AutoCloseable {
  private static final String FOLDER = "routes/client-a";

  private final CamelContext context = new DefaultCamelContext();
  private final Kafka kafka = new Kafka();

  ClientARoutes() throws Exception {
    Properties properties = new Properties();
    properties.put("routes.folder", FOLDER);
    properties.put("topics.messages", "client-messages");
    properties.put("kafka.brokers", "localhost:1");
    context.getPropertiesComponent().setInitialProperties(properties);
    context.getRegistry().bind("kafkaClientFactory", new KafkaFactory());
    for (String file : List.of("kinds-of-failure", "answer-with-error", "client-a/send-message")) {
      String uri = "file:routes/" + file + ".camel.yaml";
      PluginHelper.getRoutesLoader(context)
          .loadRoutes(ResourceHelper.resolveResource(context, uri));
    }
    AdviceWith.adviceWith(context, "send-message", advice -> advice.replaceFromWith("direct:in"));
    context.start();
  }

  /** What the route answers to this body, with these headers or query parameters. */
  Message send(byte[] body, Map<String, Object> headers) {
    return send(body, headers, () -> {});
  }

  /** The same, with something that happens while the request waits for a thread. */
  Message send(byte[] body, Map<String, Object> headers, Runnable meanwhile) {
    return context
        .createFluentProducerTemplate()
        .to("direct:in")
        .withProcessor(
            exchange -> {
              exchange.getIn().setBody(body);
              exchange.getIn().setHeaders(new HashMap<>(headers));
              meanwhile.run();
            })
        .request(Exchange.class)
        .getMessage();
  }

  List<ProducerRecord<String, byte[]>> stored() {
    return kafka.history();
  }

  void failToSend(RuntimeException error) {
    kafka.sendException = error;
  }

  /** Null is to acknowledge again. */
  void failToAcknowledge(RuntimeException error) {
    kafka.unacknowledged = error;
  }

  @Override
  public void close() {
    context.stop();
  }

  private static final class Kafka extends MockProducer<String, byte[]> {
    private RuntimeException unacknowledged;

    Kafka() {
      super(true, null, new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
      return unacknowledged == null
          ? super.send(record)
          : CompletableFuture.failedFuture(unacknowledged);
    }
  }

  private final class KafkaFactory extends DefaultKafkaClientFactory {
    @Override
    @SuppressWarnings("rawtypes")
    public Producer getProducer(Properties properties) {
      return kafka;
    }
  }
}
