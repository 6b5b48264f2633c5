package courier.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import courier.fixture.RouteFiles;
import courier.identity.Access;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Client A's route files as they are, between a direct endpoint and Kafka's mock producer. */
public final class ClientARoutes implements BeforeEachCallback, AfterEachCallback {
  public static final String HELLO = "{\"from\":\"ann\",\"to\":\"bob\",\"message\":\"Hello\"}";

  private static final JsonMapper JSON = new JsonMapper();

  private final String from;
  private final Consumer<CamelContext> before;
  private CamelContext context;
  private Kafka kafka;

  public ClientARoutes() {
    this("direct:in", context -> {});
  }

  /**
   * @param from the endpoint to send to
   * @param before what is done to the context before there are routes
   */
  public ClientARoutes(String from, Consumer<CamelContext> before) {
    this.from = from;
    this.before = before;
  }

  @Override
  public void beforeEach(ExtensionContext test) throws Exception {
    context = new DefaultCamelContext();
    before.accept(context);
    kafka = new Kafka();
    context.getRegistry().bind("kafkaClientFactory", new KafkaFactory());
    context.getRegistry().bind("access", new Access(false));
    RouteFiles.load(
        context,
        Map.of(
            "routes.folder", "routes/client-a",
            "topics.messages", "client-messages",
            "kafka.brokers", "localhost:1",
            "limits.messages-per-second", "0",
            "limits.bytes-per-day", "9000"),
        "kinds-of-failure.camel.yaml",
        "limits-per-person.camel.yaml",
        "answer-with-error.camel.yaml",
        "client-a/send-message.camel.yaml");
    AdviceWith.adviceWith(context, "send-message", advice -> advice.replaceFromWith(from));
    context.start();
  }

  /** What the route answers to this body, with these headers or query parameters. */
  public Message send(String body, Map<String, Object> headers) {
    return send(body, headers, () -> {});
  }

  /** The same, with something that happens while the request waits for a thread. */
  Message send(String body, Map<String, Object> headers, Runnable meanwhile) {
    return context
        .createFluentProducerTemplate()
        .to(from)
        .withProcessor(
            exchange -> {
              exchange.getIn().setBody(body.getBytes(UTF_8));
              exchange.getIn().setHeaders(new HashMap<>(headers));
              meanwhile.run();
            })
        .request(Exchange.class)
        .getMessage();
  }

  static JsonNode json(Message answer) throws IOException {
    return JSON.readTree(answer.getBody(byte[].class));
  }

  /** The names of an answer's headers. */
  static String headers(Message answer) {
    return new TreeSet<>(answer.getHeaders().keySet()).toString();
  }

  public List<ProducerRecord<String, byte[]>> stored() {
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
  public void afterEach(ExtensionContext test) {
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
