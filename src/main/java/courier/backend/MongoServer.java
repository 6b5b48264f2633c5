package courier.backend;

import com.mongodb.MongoConfigurationException;
import com.mongodb.MongoSocketReadTimeoutException;
import com.mongodb.client.MongoClient;
import courier.config.Servers;
import courier.config.Settings;
import courier.config.StartupException;
import courier.failure.Reason;
import courier.mongodb.Mongo;
import courier.mongodb.MongoIndex;
import courier.mongodb.MongoIndexes;
import courier.mongodb.MongoRights;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** MongoDB as the settings say: its first client, and what there has to be before the routes. */
public record MongoServer(Settings settings) {
  private static final Logger LOG = LoggerFactory.getLogger(MongoServer.class);
  private static final int PAUSE_MILLIS = 500;

  /**
   * The client; of {@code mongodb+srv} there is none before its name resolves.
   *
   * @throws StartupException when the URI is nothing to make a client of
   */
  MongoClient awaitClient(long deadline) throws InterruptedException {
    while (true) {
      try {
        return client();
      } catch (MongoConfigurationException e) {
        if (System.nanoTime() > deadline) {
          throw new StartupException(
              "The name in mongodb.uri, %s, does not resolve within %s: correct it, or the name server. It says: %s"
                  .formatted(address(), settings.get("startup.timeout"), Reason.of(e)));
        }
        LOG.debug("No client of MongoDB yet", e);
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    }
  }

  public MongoClient client() {
    try {
      return Mongo.client(settings.get(Servers.MONGODB));
    } catch (IllegalArgumentException e) {
      LOG.debug("No client of MongoDB", e);
      throw new StartupException(
          "What mongodb.uri says is nothing to make a client of: " + Reason.of(e));
    }
  }

  public String address() {
    return Servers.mongodbForPeople(settings);
  }

  /**
   * Asks for a sign of life, and has the indexes made.
   *
   * @param storing whether it is going to be written to
   * @throws StartupException that names each right, or each index, that is missing
   */
  void prepare(MongoClient client, boolean storing) {
    Mongo.ping(client);
    String database = settings.get("mongodb.database");
    List<String> rights = storing ? MongoRights.missing(client, database) : List.of();
    if (!rights.isEmpty()) {
      throw new StartupException(
          "MongoDB's roles do not let Courier's user %s: give it the role readWrite of %s, or another one in mongodb.uri."
              .formatted(String.join(", ", rights), database));
    }
    List<MongoIndex> missing = makeIndexes(client);
    if (!missing.isEmpty()) {
      throw new StartupException(
          "MongoDB lacks indexes, and Courier's user may not make them: allow createIndex on %s, or make them there by %s"
              .formatted(
                  database,
                  missing.stream().map(MongoIndex::line).collect(Collectors.joining("; "))));
    }
  }

  /** Of many messages a new index takes minutes, which is longer than the driver waits. */
  private List<MongoIndex> makeIndexes(MongoClient client) {
    while (true) {
      try {
        return MongoIndexes.make(client.getDatabase(settings.get("mongodb.database")));
      } catch (MongoSocketReadTimeoutException e) {
        Mongo.ping(client);
        LOG.info("MongoDB makes an index, which takes its time with many messages");
      }
    }
  }
}
