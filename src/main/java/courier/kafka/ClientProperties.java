package courier.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * What all clients of Kafka are to be told, by Kafka's own names: who Courier is, and whom to
 * trust. A client gets of it what its kind knows. Nobody is shown the values, there are passwords
 * among them.
 */
public final class ClientProperties {
  public static final ClientProperties NONE = new ClientProperties(Map.of());

  private final Map<String, String> values;

  public ClientProperties(Map<String, String> values) {
    this.values = new TreeMap<>(values);
  }

  /** For who judges what is said; it is not to be shown. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  Map<String, Object> admin(Map<String, Object> own) {
    Map<String, Object> all = new HashMap<>(own);
    all.putAll(known(AdminClientConfig.configNames()));
    return all;
  }

  Map<String, Object> consumer(Map<String, Object> own) {
    Map<String, Object> all = new HashMap<>(own);
    all.putAll(known(ConsumerConfig.configNames()));
    return all;
  }

  /** In a copy, as what a route has is shown to many. */
  public Properties consumer(Properties own) {
    return copy(own, ConsumerConfig.configNames());
  }

  /** In a copy, as what a route has is shown to many. */
  public Properties producer(Properties own) {
    return copy(own, ProducerConfig.configNames());
  }

  private Properties copy(Properties own, Set<String> names) {
    Properties all = new Properties();
    all.putAll(own);
    all.putAll(known(names));
    return all;
  }

  private Map<String, String> known(Set<String> names) {
    Map<String, String> known = new TreeMap<>(values);
    known
        .keySet()
        .removeIf(name -> !names.contains(name) && !name.startsWith(ClientNames.PROVIDERS));
    return known;
  }

  @Override
  public String toString() {
    return values.keySet().toString();
  }
}
