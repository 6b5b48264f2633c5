package courier;

import courier.config.KafkaSettings;
import courier.config.Servers;
import courier.config.Settings;
import courier.config.StartupException;
import courier.infra.EmbeddedKafka;
import courier.infra.EmbeddedMongo;
import courier.reload.RouteFolder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Every part there is, in the order to start them. */
final class Parts {
  private final Map<String, Supplier<Part>> all = new LinkedHashMap<>();

  /**
   * @param gaveUp is told why when a part that runs cannot go on
   */
  Parts(List<RouteFolder> folders, Settings settings, Consumer<String> gaveUp) {
    Path data = Path.of(settings.get("data.dir"));
    all.put(
        "mongodb",
        () ->
            new EmbeddedPart(
                "mongodb",
                Servers.MONGODB,
                Servers.mongodb(settings),
                data.resolve("mongodb"),
                EmbeddedMongo::new,
                gaveUp));
    all.put(
        "kafka",
        () -> {
          KafkaSettings.requirePlain(settings);
          return new EmbeddedPart(
              "kafka",
              Servers.KAFKA,
              Servers.kafka(settings),
              data.resolve("kafka"),
              EmbeddedKafka::new,
              gaveUp);
        });
    for (RouteFolder folder : folders) {
      all.put(folder.service(), () -> new Service(folder, settings));
    }
  }

  /**
   * The parts of these names; no name is all.
   *
   * @throws StartupException when there is no part of a name
   */
  List<Part> named(List<String> names) {
    for (String name : names) {
      if (!all.containsKey(name)) {
        throw new StartupException(
            "There is no part \"%s\": name any of %s, or none to run them all."
                .formatted(name, String.join(", ", all.keySet())));
      }
    }
    return all.entrySet().stream()
        .filter(part -> names.isEmpty() || names.contains(part.getKey()))
        .map(part -> part.getValue().get())
        .toList();
  }
}
