package courier.doctor;

import com.mongodb.client.MongoClient;
import courier.config.KafkaSettings;
import courier.config.Servers;
import courier.config.Settings;
import courier.kafka.Kafka;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Who is looked at.
 *
 * @param folder where the settings are
 * @param kafka null when there is nothing to look at, as somebody else says
 * @param mongo null when there is nothing to look at
 * @param clock of this machine
 */
public record Patient(Settings settings, Path folder, Kafka kafka, MongoClient mongo, Clock clock) {
  private static final Pattern USER = Pattern.compile("username\\s*=\\s*\"([^\"]+)\"");

  KafkaSettings kafkaSettings() {
    return KafkaSettings.of(settings);
  }

  String brokers() {
    return kafkaSettings().brokers();
  }

  /** As ACLs name who Courier is, as far as it is said. */
  String user() {
    return kafkaSettings()
        .clients()
        .get("sasl.jaas.config")
        .map(USER::matcher)
        .filter(Matcher::find)
        .map(user -> user.group(1))
        .orElse("courier");
  }

  String database() {
    return settings.get("mongodb.database");
  }

  /** Whether Kafka and MongoDB are on this machine alone. */
  boolean kafkaIsHere() {
    return Stream.of(brokers().split(",")).allMatch(Patient::isLoopback);
  }

  boolean mongoIsHere() {
    return Stream.of(Servers.mongodbForPeople(settings).split(",")).allMatch(Patient::isLoopback);
  }

  private static boolean isLoopback(String address) {
    String host = address.strip().replaceFirst(":\\d+$", "").replaceAll("[\\[\\]]", "");
    try {
      return List.of("localhost", "127.0.0.1", "::1").contains(host)
          || InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** A line for a shell, of one of Kafka's own programs. */
  String kafkaLine(String program, String arguments) {
    boolean secured = settings.has("kafka.client.security.protocol");
    return "%s.sh --bootstrap-server %s%s %s"
        .formatted(
            program, brokers(), secured ? " --command-config admin.properties" : "", arguments);
  }

  /** A line for a shell that has mongosh. */
  String mongoLine(String script) {
    return "mongosh 'mongodb://%s/%s' --eval '%s'"
        .formatted(Servers.mongodbForPeople(settings), database(), script);
  }
}
