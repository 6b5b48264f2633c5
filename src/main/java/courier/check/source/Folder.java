package courier.check.source;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All route files of a service, those that every service shares among them. */
public final class Folder {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}:]+?)(?::([^{}]*))?}}");

  private final List<Source> sources;
  private final Surroundings surroundings;
  private final Map<String, Step> starts = new HashMap<>();
  private final Set<Step> fromKafka = Collections.newSetFromMap(new IdentityHashMap<>());

  public Folder(List<Source> sources, Surroundings surroundings) {
    this.sources = sources;
    this.surroundings = surroundings;
    routes().forEach(route -> starts.putIfAbsent(resolved(from(route).uri()), route));
    routes().filter(route -> from(route).scheme().equals("kafka")).forEach(this::reach);
  }

  private void reach(Step route) {
    if (fromKafka.add(route)) {
      route
          .all()
          .filter(step -> step.scheme().equals("direct"))
          .forEach(step -> called(step.uri()).ifPresent(this::reach));
    }
  }

  public List<Source> sources() {
    return sources;
  }

  public Surroundings surroundings() {
    return surroundings;
  }

  public Stream<Step> routes() {
    return sources.stream().flatMap(Source::routes);
  }

  public Stream<Step> steps() {
    return sources.stream().flatMap(Source::steps);
  }

  /** The routes that records of Kafka come through. */
  public Stream<Step> routesFromKafka() {
    return fromKafka.stream();
  }

  /** The error policies that routes may name. */
  public Stream<Step> policies() {
    return steps().filter(step -> step.kind().equals("routeConfiguration"));
  }

  /** The route that begins so. */
  public Optional<Step> called(String uri) {
    return Optional.ofNullable(starts.get(resolved(uri.split("\\?", 2)[0])));
  }

  /** The {@code from} of a route; its own step if it has none. */
  public static Step from(Step route) {
    return route.children().stream()
        .filter(child -> child.kind().equals("from"))
        .findFirst()
        .orElse(route);
  }

  /** With the values of its placeholders, as far as they are known. */
  public String resolved(String text) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(value(match.group(), match.group(1), match.group(2))));
  }

  private String value(String whole, String key, String otherwise) {
    return surroundings.property(key.strip()).orElse(otherwise == null ? whole : otherwise);
  }
}
