package courier.backend;

import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.client.MongoClient;
import courier.config.KafkaSettings;
import courier.config.Servers;
import courier.config.Settings;
import courier.config.StartupException;
import courier.failure.Access;
import courier.failure.Reason;
import courier.kafka.Kafka;
import courier.kafka.Topics;
import courier.mongodb.Unanswered;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the servers that a service depends on, and makes the topics and indexes it needs. */
public final class Backends {
  private static final Logger LOG = LoggerFactory.getLogger(Backends.class);

  private final Settings settings;
  private final long deadline;

  public Backends(Settings settings) {
    this.settings = settings;
    deadline =
        System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(settings.millis("startup.timeout"));
  }

  /**
   * @param needed the topics that there have to be
   */
  public Kafka kafka(KafkaSettings said, Set<String> needed) throws InterruptedException {
    KafkaClient client = new KafkaClient(said);
    String timeout = settings.get("startup.timeout");
    client.awaitAddress(deadline, timeout);
    Kafka kafka = client.make(deadline, timeout);
    Topics topics = new Topics(kafka, said.partitions(), said.replication());
    await(
        "Kafka",
        Servers.KAFKA,
        said.brokers(),
        () -> {
          kafka.ping();
          topics.make(
              settings.get("topics.messages"),
              settings.get("topics.dead-letters"),
              settings.get("topics.stored"),
              needed);
          if (settings.asksWho()) {
            topics.makeCompacted(settings.get("topics.revoked"));
          }
        },
        failure -> said(failure, client));
    return kafka;
  }

  /**
   * @param storing whether it is going to be written to
   */
  public MongoClient mongodb(boolean storing) throws InterruptedException {
    MongoServer server = new MongoServer(settings);
    MongoClient mongo = server.awaitClient(deadline);
    await(
        "MongoDB",
        Servers.MONGODB,
        server.address(),
        () -> server.prepare(mongo, storing),
        Unanswered::advice);
    return mongo;
  }

  /** What is known of why, beside that it takes too long. */
  public static String said(Exception failure, KafkaClient client) {
    if (!(failure.getCause() instanceof RetriableException)) {
      return " It says: " + Reason.of(failure);
    }
    return client.isSomethingThere()
        ? " Something is there: if it wants TLS or a password, set kafka.client.security.protocol."
        : "";
  }

  private void await(
      String server, String property, String address, Ping ping, Function<Exception, String> more)
      throws InterruptedException {
    String timeout = settings.get("startup.timeout");
    Optional<Exception> failure = failure(ping);
    for (boolean first = true; failure.isPresent(); first = false) {
      refuseWhatNoWaitingMends(failure.get());
      if (System.nanoTime() > deadline) {
        throw new StartupException(
            "No %s answers at %s within %s: start it there, or change %s (or startup.timeout).%s"
                .formatted(server, address, timeout, property, more.apply(failure.get())));
      }
      if (first) {
        LOG.info("Waiting for {} at {}, {} at most", server, address, timeout);
      }
      failure = failure(ping);
    }
  }

  /** A password is refused the second time too, and then the account may be locked. */
  private static void refuseWhatNoWaitingMends(Exception failure) {
    Access.advice(failure)
        .ifPresent(
            advice -> {
              throw new StartupException(advice + ": " + Reason.of(failure));
            });
  }

  private static Optional<Exception> failure(Ping ping) throws InterruptedException {
    try {
      ping.ping();
      return Optional.empty();
    } catch (MongoInterruptedException e) {
      throw new InterruptedException(e.getMessage());
    } catch (ExecutionException | MongoException e) {
      return Optional.of(e);
    }
  }

  private interface Ping {
    void ping() throws ExecutionException, InterruptedException;
  }
}
