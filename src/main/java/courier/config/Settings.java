package courier.config;

import static courier.config.Environment.variable;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.camel.util.TimeUtils;

/** The configuration: {@code application.properties}, then {@code .env}, then the environment. */
public final class Settings {
  /** The names the seed of this system used for what are properties here. */
  private static final Map<String, String> SEED_NAMES =
      Map.of(
          "kafka.brokers", "KAFKA_BROKER", "mongodb.uri", "MONGOURI", "client-b.name", "CLIENT_ID");

  private final Map<String, String> values = new TreeMap<>();
  private final Environment environment;

  private Settings(Environment environment) {
    this.environment = environment;
  }

  /**
   * Reads the configuration of a directory.
   *
   * @throws StartupException when {@code application.properties} is missing or a file is unreadable
   */
  public static Settings load(Path directory, Map<String, String> environment) {
    Path file = directory.resolve("application.properties");
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new StartupException(
          "Cannot read " + file.toAbsolutePath() + ": start Courier in the folder that has it.");
    }
    Settings settings = new Settings(Environment.of(directory, environment));
    properties
        .stringPropertyNames()
        .forEach(k -> settings.values.put(k, properties.getProperty(k)));
    settings.values.putIfAbsent("auth.mode", "none"); // as in a file of an older version
    settings.values.putIfAbsent("topics.revoked", "revoked-tokens");
    settings.values.putIfAbsent("outage.planned", "7d");
    LimitSettings.ALL.forEach(key -> settings.values.putIfAbsent(key, ""));
    SEED_NAMES.forEach((key, name) -> settings.override(key, name));
    settings.values.keySet().forEach(key -> settings.override(key, variable(key)));
    LimitSettings.ALL.forEach(
        key -> settings.values.computeIfPresent(key, (k, value) -> LimitSettings.orNone(value)));
    settings.values.computeIfAbsent("mongodb.database", key -> Servers.database(settings));
    TopicSettings.derive(settings);
    Names names = Names.of(settings.get("client-b.name"));
    settings.values.put("client-b.name", names.text());
    if (settings.values.getOrDefault("client-b.group", "").isBlank()) {
      settings.values.put("client-b.group", names.group());
    }
    SettingsCheck.check(settings);
    // A bean of a route file takes a number alone for none of its strings.
    settings.values.put("messages.keep", settings.millis("messages.keep") + "ms");
    settings.values.put("auth.asks", String.valueOf(settings.asksWho()));
    return settings;
  }

  private void override(String key, String variable) {
    environment.get(variable).ifPresent(value -> values.put(key, value));
  }

  /** What is made of others. */
  void set(String key, String value) {
    values.put(key, value);
  }

  public boolean has(String key) {
    return values.containsKey(key) || environment.get(variable(key)).isPresent();
  }

  public String get(String key) {
    String value = values.getOrDefault(key, environment.get(variable(key)).orElse(null));
    if (value == null || value.isBlank()) {
      throw new StartupException(
          "The property %s is not set: add it to application.properties or set %s."
              .formatted(key, variable(key)));
    }
    return value;
  }

  /**
   * Whether others than this machine may reach what listens at the host of this property: it asks
   * who they are, or need not.
   */
  public boolean isOpenToTheNetwork(String host) {
    return get("auth.mode").equals("none-on-the-network") || asksWho() && host.equals("http.host");
  }

  /** Whether people are asked who they are. */
  public boolean asksWho() {
    return get("auth.mode").equals("jwt");
  }

  public int port(String key) {
    return number(key, 1, 65535, "give a port from 1 to 65535");
  }

  int number(String key, int least, int most, String advice) {
    try {
      int number = Integer.parseInt(get(key));
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new StartupException("%s is \"%s\": %s.".formatted(key, get(key), advice));
  }

  public boolean isBlank(String key) {
    return values.getOrDefault(key, environment.get(variable(key)).orElse("")).isBlank();
  }

  public int count(String key) {
    return number(key, 1, Integer.MAX_VALUE, "give a number from 1 on");
  }

  /** A duration in milliseconds, written as {@code 30s}, {@code 1m30s} or a number. */
  public long millis(String key) {
    // Camel takes what is no duration for 0.
    if (!get(key).matches("\\d+|(\\d+(d|h|m|s|ms))+")) {
      throw new StartupException("%s is \"%s\": write it as 30s.".formatted(key, get(key)));
    }
    return TimeUtils.toMilliSeconds(get(key));
  }

  /** How long clients may take to leave before the parts stop, in milliseconds. */
  public long drainMillis() {
    return isBlank("shutdown.drain") ? 0 : millis("shutdown.drain");
  }

  /**
   * What is said of keys that begin so, by the rest of the key; also what the file has not.
   *
   * @param isKey whether there is such a key, by its rest, though it ends as if it named a file
   */
  Map<String, String> under(String prefix, Predicate<String> isKey) {
    Map<String, String> found = environment.under(prefix, isKey);
    values.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            found.put(key.substring(prefix.length()), value);
          }
        });
    return found;
  }

  private static boolean isSecret(String key) {
    return key.startsWith(KafkaSettings.CLIENTS)
        || key.startsWith(TlsSettings.ALL)
        || key.equals(Servers.MONGODB);
  }

  /** All that a route may name, as Camel reads it for {@code {{placeholders}}}. */
  public Properties asProperties() {
    Properties properties = new Properties();
    properties.putAll(values);
    // No route needs them, and what Camel knows it may show.
    properties.keySet().removeIf(key -> isSecret(key.toString()));
    return properties;
  }
}
