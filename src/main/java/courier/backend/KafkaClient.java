package courier.backend;

import courier.config.KafkaSettings;
import courier.config.StartupException;
import courier.failure.Causes;
import courier.failure.Reason;
import courier.kafka.Kafka;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first client of Kafka that is made, in which mistakes of the settings come to light. */
public record KafkaClient(KafkaSettings settings) {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaClient.class);
  private static final int CONNECT_MILLIS = 500;

  /**
   * @throws StartupException when the settings are none to make a client of, or nobody gives it a
   *     token
   */
  public Kafka make() {
    try {
      return new Kafka(settings.brokers(), settings.clients());
    } catch (KafkaException e) {
      LOG.debug("No client of Kafka", e);
      throw new StartupException(mistake(e));
    }
  }

  /** The same, which waits for who gives it a token; each try takes some seconds. */
  Kafka make(long deadline, String timeout) {
    while (true) {
      try {
        return new Kafka(settings.brokers(), settings.clients());
      } catch (KafkaException e) {
        LOG.debug("No client of Kafka", e);
        if (!issuer().isAway(e) || System.nanoTime() > deadline) {
          throw new StartupException(mistake(e));
        }
        LOG.info("{}. Waiting for it, {} at most", mistake(e), timeout);
      }
    }
  }

  private TokenIssuer issuer() {
    return new TokenIssuer(settings.clients());
  }

  private String mistake(KafkaException e) {
    return issuer().advice(e).orElseGet(() -> mistakeOfSettings(e));
  }

  private String mistakeOfSettings(KafkaException e) {
    List<String> said = Causes.of(e).map(each -> String.valueOf(each.getMessage())).toList();
    if (said.stream().anyMatch(message -> message.contains("bootstrap.servers"))) {
      return "kafka.brokers is \"%s\": %s. Write it as host:port[,host:port...]."
          .formatted(settings.brokers(), Reason.of(e));
    }
    if (said.stream().anyMatch(message -> message.contains("JAAS config"))) {
      // Which may say a piece of a password that is not in quotes.
      return "kafka.client.sasl.jaas.config is missing or wrong: write it as"
          + " org.apache.kafka.common.security.scram.ScramLoginModule required"
          + " username=\"...\" password=\"...\";";
    }
    String first = said.size() < 2 ? "" : said.get(1) + ": ";
    return "What kafka.client says is nothing to make a client of: "
        + (Reason.of(e).equals(said.get(Math.min(1, said.size() - 1))) ? "" : first)
        + Reason.of(e);
  }

  /** A client cannot be made before there is an address of at least one broker. */
  public void awaitAddress(long deadline, String timeout) throws InterruptedException {
    for (boolean first = true; addresses().allMatch(InetSocketAddress::isUnresolved); ) {
      if (System.nanoTime() > deadline) {
        throw new StartupException(
            "The name of Kafka in kafka.brokers, %s, does not resolve within %s: correct it, or the name server."
                .formatted(settings.brokers(), timeout));
      }
      if (first) {
        LOG.info("Waiting until {} resolves, {} at most", settings.brokers(), timeout);
        first = false;
      }
      TimeUnit.MILLISECONDS.sleep(CONNECT_MILLIS);
    }
  }

  /** Whether something else than Kafka, or Kafka behind a door, may be there. */
  boolean isSomethingThere() {
    return addresses().anyMatch(KafkaClient::connects);
  }

  private static boolean connects(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Those that are written as such; Kafka says what is wrong with others. */
  private Stream<InetSocketAddress> addresses() {
    return Stream.of(settings.brokers().split(","))
        .map(String::strip)
        .filter(address -> address.matches(".+:\\d{1,5}"))
        .map(
            address -> {
              int colon = address.lastIndexOf(':');
              String host = address.substring(0, colon).replaceAll(".*://|[\\[\\]]", "");
              return new InetSocketAddress(host, port(address.substring(colon + 1)));
            });
  }

  private static int port(String digits) {
    return Math.min(Integer.parseInt(digits), 65535);
  }
}
