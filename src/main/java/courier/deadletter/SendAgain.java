package courier.deadletter;

import courier.kafka.Kafka;
import courier.metrics.Figure;
import courier.metrics.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.StreamSupport;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultMessage;
import org.apache.camel.util.ObjectHelper;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;

/** Before and after the step that sends a replay to Kafka. */
public final class SendAgain {
  /** Kafka is there and still does not take the record: what is to come of it, people decide. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final ReplayTargets targets;
  private final Kafka kafka;

  public SendAgain(ReplayTargets targets, Kafka kafka) {
    this.targets = targets;
    this.kafka = kafka;
  }

  /**
   * Makes the record of a letter, for the topic and partition it was in.
   *
   * @throws NoSuchTargetException when that is gone
   */
  public void prepare(Message message) throws NoSuchTargetException {
    Sending sending = new Sending(message.getBody(Letter.class));
    message.setBody(sending);
    message.removeHeaders("*");
    String topic = sending.letter().target();
    Integer partition = sending.letter().targetPartition();
    targets.requireThere(topic, partition);
    message.setHeader(KafkaConstants.OVERRIDE_TOPIC, topic);
    if (partition != null) {
      message.setHeader(KafkaConstants.PARTITION_KEY, partition);
    }
    message.setHeader(KafkaConstants.KEY, sending.letter().bytes("key"));
  }

  /** The records of many, in their order; without those of which something speaks against it. */
  public List<Message> prepareAll(Iterable<Letter> letters, CamelContext context) {
    List<Message> records = new ArrayList<>();
    for (Letter letter : letters) {
      Message record = new DefaultMessage(context);
      record.setBody(letter);
      try {
        prepare(record);
        records.add(record);
      } catch (NoSuchTargetException e) {
        continue; // noted when it is tried by itself
      } catch (KafkaException e) {
        break; // it would be waited for with each
      }
    }
    return records;
  }

  /** Those that Kafka has for good. */
  public List<Message> acknowledged(@Body List<Message> records, CamelContext context) {
    List<Message> acknowledged = records.stream().filter(SendAgain::isAcknowledged).toList();
    Figures.of(context).count(Figure.REPLAYED, acknowledged.size());
    return acknowledged;
  }

  /** Kafka has one for good. */
  public void count(Exchange sent) {
    Figures.of(sent.getContext()).count(Figure.REPLAYED, 1);
  }

  private static boolean isAcknowledged(Message record) {
    List<?> written = record.getHeader(KafkaConstants.KAFKA_RECORD_META, List.of(), List.class);
    // What failed has metadata too, without an offset.
    return written.stream().allMatch(meta -> ((RecordMetadata) meta).hasOffset())
        && !written.isEmpty();
  }

  /** The letters that are not among the acknowledged. */
  public Iterable<Letter> others(
      @Variable("claimed") Iterable<Letter> claimed, @Body List<Message> acknowledged) {
    Set<String> sent = new HashSet<>();
    for (Message record : acknowledged) {
      sent.add(record.getBody(Sending.class).letter().id());
    }
    return () ->
        StreamSupport.stream(claimed.spliterator(), false)
            .filter(letter -> !sent.contains(letter.id()))
            .iterator();
  }

  /** After a failure: whether it is for good, or the letter is tried again. */
  public void fail(Exchange exchange) throws InterruptedException {
    Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    RetriableException passing = ObjectHelper.getException(RetriableException.class, caught);
    Letter letter = exchange.getMessage().getBody(Sending.class).letter();
    boolean given =
        passing == null
            || letter.begunAt().isBefore(Instant.now().minus(PATIENCE)) && kafkaAnswers();
    Exception failure =
        passing == null ? ObjectHelper.getException(Exception.class, caught) : passing;
    exchange.getMessage().setBody(new Sending(letter, failure, given));
  }

  private boolean kafkaAnswers() throws InterruptedException {
    try {
      kafka.ping();
      return true;
    } catch (ExecutionException e) {
      return false;
    }
  }
}
