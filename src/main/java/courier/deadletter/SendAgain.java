package courier.deadletter;

import courier.kafka.Kafka;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.util.ObjectHelper;
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
