package courier;

import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoSocketReadTimeoutException;
import com.mongodb.client.MongoClient;
import courier.config.Servers;
import courier.config.Settings;
import courier.config.StartupException;
import courier.failure.Reason;
import courier.kafka.Kafka;
import courier.mongodb.Mongo;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the servers that a service depends on, and makes the topics and indexes it needs. */
final class Backends {
  private static final Logger LOG = LoggerFactory.getLogger(Backends.class);

  private final Settings settings;
  private final long deadline;

  Backends(Settings settings) {
    this.settings = settings;
    deadline =
        System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(settings.millis("startup.timeout"));
  }

  Kafka kafka() throws InterruptedException {
    String brokers = settings.get(Servers.KAFKA);
    Kafka kafka;
    try {
      kafka = new Kafka(brokers);
    } catch (KafkaException e) {
      throw new StartupException(
          "kafka.brokers is \"%s\": %s. Write it as host:port[,host:port...]."
              .formatted(brokers, Reason.of(e)));
    }
    await(
        "Kafka",
        Servers.KAFKA,
        brokers,
        () -> {
          kafka.ping();
          kafka.createTopics(
              settings.get("topics.messages"),
              settings.get("topics.dead-letters"),
              settings.get("topics.stored"));
        });
    return kafka;
  }

  MongoClient mongodb() throws InterruptedException {
    MongoClient mongo = Mongo.client(settings.get(Servers.MONGODB));
    await(
        "MongoDB",
        Servers.MONGODB,
        Servers.mongodbForPeople(settings),
        () -> {
          Mongo.ping(mongo);
          createIndexes(mongo);
        });
    return mongo;
  }

  /** Of many messages a new index takes minutes, which is longer than the driver waits. */
  private void createIndexes(MongoClient mongo) {
    while (true) {
      try {
        Mongo.createIndexes(mongo.getDatabase(settings.get("mongodb.database")));
        return;
      } catch (MongoSocketReadTimeoutException e) {
        Mongo.ping(mongo);
        LOG.info("MongoDB makes an index, which takes its time with many messages");
      }
    }
  }

  private void await(String server, String property, String address, Ping ping)
      throws InterruptedException {
    String timeout = settings.get("startup.timeout");
    for (boolean first = true; !answers(ping); first = false) {
      if (System.nanoTime() > deadline) {
        throw new StartupException(
            "No %s answers at %s within %s: start it there, or change %s (or startup.timeout)."
                .formatted(server, address, timeout, property));
      }
      if (first) {
        LOG.info("Waiting for {} at {}, {} at most", server, address, timeout);
      }
    }
  }

  private static boolean answers(Ping ping) throws InterruptedException {
    try {
      ping.ping();
      return true;
    } catch (MongoInterruptedException e) {
      throw new InterruptedException(e.getMessage());
    } catch (ExecutionException | MongoException e) {
      return false;
    }
  }

  private interface Ping {
    void ping() throws ExecutionException, InterruptedException;
  }
}
