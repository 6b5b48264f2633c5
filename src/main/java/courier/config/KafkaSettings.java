package courier.config;

import courier.kafka.ClientNames;
import courier.kafka.ClientProperties;
import courier.kafka.TokenLogin;
import java.util.Map;
import java.util.Optional;

/**
 * What the settings say about Kafka: where it is, what each of its clients is told, and of which
 * size its topics are made.
 */
public record KafkaSettings(
    String brokers, ClientProperties clients, int partitions, short replication) {
  static final String CLIENTS = "kafka.client.";

  private static final int PARTITIONS = 6;
  private static final int BROKERS_DEFAULT = -1;

  /** What Kubernetes tells of a service that is named kafka-client. */
  private static final String OF_KUBERNETES = "(service|port)(\\..*)?";

  /**
   * @throws StartupException if something is missing or wrong
   */
  public static KafkaSettings of(Settings settings) {
    return new KafkaSettings(
        settings.get(Servers.KAFKA),
        clients(settings),
        count(settings, "kafka.topics.partitions", PARTITIONS),
        (short) count(settings, "kafka.topics.replication", BROKERS_DEFAULT));
  }

  private static int count(Settings settings, String key, int otherwise) {
    return settings.isBlank(key) ? otherwise : settings.count(key);
  }

  /**
   * The embedded broker takes whoever comes, in clear text.
   *
   * @throws StartupException when the clients are told to expect otherwise
   */
  public static void requirePlain(Settings settings) {
    String key = CLIENTS + "security.protocol";
    if (!settings.isBlank(key) && !settings.get(key).equals("PLAINTEXT")) {
      throw new StartupException(
          "%s is %s, and the embedded Kafka knows PLAINTEXT alone: leave out the part kafka, or the property."
              .formatted(key, settings.get(key)));
    }
  }

  private static ClientProperties clients(Settings settings) {
    Map<String, String> clients = settings.under(CLIENTS, ClientNames::isSettable);
    clients.keySet().removeIf(name -> name.matches(OF_KUBERNETES));
    for (String name : clients.keySet()) {
      if (ClientNames.whyNot(name).isPresent()) {
        throw new StartupException(
            "%s%s cannot be set: %s."
                .formatted(CLIENTS, name, ClientNames.whyNot(name).orElseThrow()));
      }
      if (!ClientNames.isSettable(name)) {
        throw new StartupException(
            "%s%s is no property of Kafka's clients%s"
                .formatted(CLIENTS, name, meant(name).orElse(".")));
      }
    }
    TokenLogin login = new TokenLogin(clients);
    login
        .mistake()
        .ifPresent(
            mistake -> {
              throw new StartupException(CLIENTS + mistake);
            });
    return new ClientProperties(login.complete());
  }

  private static Optional<String> meant(String name) {
    return Nearest.to(name, ClientNames.settable())
        .map(near -> ": is it %s%s?".formatted(CLIENTS, near));
  }
}
