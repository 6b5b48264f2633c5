package courier.config;

import com.nimbusds.jose.JWSAlgorithm;
import courier.identity.token.TokenRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the settings say about who somebody is. */
public final class IdentitySettings {
  private static final String KEYS = "auth.keys";
  private static final String ALGORITHMS = "auth.algorithms";

  private IdentitySettings() {}

  /**
   * Which tokens are good.
   *
   * @throws StartupException if something is missing or wrong
   */
  public static TokenRules rules(Settings settings) {
    return new TokenRules(
        settings.get("auth.issuer"),
        list(settings, "auth.audience"),
        algorithms(settings),
        settings.get(KEYS),
        Duration.ofMillis(settings.millis("auth.clock-skew")),
        settings.get("auth.roles-claim"));
  }

  /**
   * Says now that a file of keys is not there; an address may answer later.
   *
   * @throws StartupException
   */
  public static void requireKeys(Settings settings) {
    String keys = settings.get(KEYS);
    if (!keys.matches("https?://.*") && !Files.isReadable(Path.of(keys))) {
      throw new StartupException(
          "auth.mode is jwt, and there is no file %s to read: name a file or an address of the issuer's keys in %s, or make keys to try it with: java -jar target/courier.jar token --as anna"
              .formatted(keys, KEYS));
    }
  }

  private static Set<JWSAlgorithm> algorithms(Settings settings) {
    Set<JWSAlgorithm> named =
        list(settings, ALGORITHMS).stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
    if (!TokenRules.KNOWN.containsAll(named)) {
      throw new StartupException(
          "%s is \"%s\": give some of %s, with commas."
              .formatted(
                  ALGORITHMS,
                  settings.get(ALGORITHMS),
                  TokenRules.KNOWN.stream()
                      .map(JWSAlgorithm::getName)
                      .sorted()
                      .collect(Collectors.joining(", "))));
    }
    return named;
  }

  private static Set<String> list(Settings settings, String key) {
    return Stream.of(settings.get(key).split(","))
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }
}
