package courier.config;

import courier.http.ClientAddress;
import courier.http.Hosts;
import courier.http.HttpLimits;
import courier.http.LongAnswers;
import courier.http.Origins;
import courier.http.tls.Tls;
import java.util.Optional;
import java.util.Set;

/** What the settings say about HTTP servers. */
public record HttpSettings(
    HttpLimits limits,
    LongAnswers longAnswers,
    ClientAddress addresses,
    Hosts hosts,
    Origins origins,
    Optional<Tls> tls) {

  /**
   * @throws StartupException if something is missing or wrong
   */
  public static HttpSettings of(Settings settings) {
    Optional<Tls> tls = TlsSettings.of(settings);
    return new HttpSettings(
        limits(settings),
        longAnswers(settings),
        addresses(settings),
        new Hosts(text(settings, "http.hosts"), settings.get("http.host")),
        new Origins(
            text(settings, "http.cors.origins"),
            tls.isPresent(),
            Set.of(settings.port("client-b.http.port"))),
        tls);
  }

  private static HttpLimits limits(Settings settings) {
    String connections = "http.max-connections";
    return new HttpLimits(
        settings.millis("http.idle-timeout"),
        settings.millis("http.request-timeout"),
        settings.millis("http.write-timeout"),
        settings.isBlank(connections)
            ? HttpLimits.affordableConnections()
            : settings.count(connections),
        settings.count("http.max-connections-per-address"));
  }

  private static LongAnswers longAnswers(Settings settings) {
    return new LongAnswers(
        settings.count("http.max-long-answers"),
        settings.count("http.max-long-answers-per-address"));
  }

  private static String text(Settings settings, String key) {
    return settings.isBlank(key) ? "" : settings.get(key);
  }

  private static ClientAddress addresses(Settings settings) {
    String key = "http.trusted-proxies";
    String proxies = text(settings, key);
    try {
      return new ClientAddress(proxies);
    } catch (IllegalArgumentException e) {
      throw new StartupException(
          "%s is \"%s\": give addresses or networks such as 10.0.0.0/8, separated by commas."
              .formatted(key, proxies));
    }
  }
}
