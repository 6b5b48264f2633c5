package courier.kafka;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;

/**
 * What clients of Kafka are told so that they show tokens of an issuer (OAUTHBEARER), beside what
 * somebody has said.
 */
public final class TokenLogin {
  public static final String URL = SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL;
  public static final String SECRET = SaslConfigs.SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_SECRET;
  private static final String ID = SaslConfigs.SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_ID;
  private static final String MECHANISM = OAuthBearerLoginModule.OAUTHBEARER_MECHANISM;
  private static final String PROTOCOL = "security.protocol";

  /** What Kafka may read of the network and of files; it takes nobody's word for it but this. */
  private static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

  private static final String ALLOWED_FILES = "org.apache.kafka.sasl.oauthbearer.allowed.files";

  private static final List<String> FILES =
      List.of(
          SaslConfigs.SASL_OAUTHBEARER_ASSERTION_FILE,
          SaslConfigs.SASL_OAUTHBEARER_ASSERTION_PRIVATE_KEY_FILE,
          SaslConfigs.SASL_OAUTHBEARER_ASSERTION_TEMPLATE_FILE);

  private final Map<String, String> said;

  public TokenLogin(Map<String, String> said) {
    this.said = said;
  }

  private boolean isAsked() {
    return MECHANISM.equals(said.get(SaslConfigs.SASL_MECHANISM));
  }

  /** Somebody has a login of their own, such as Kafka's unsecured one. */
  private boolean isOwn() {
    return said.containsKey(SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS)
        || said.containsKey(SaslConfigs.SASL_OAUTHBEARER_JWT_RETRIEVER_CLASS)
        || jaas().contains("unsecuredLogin");
  }

  private String jaas() {
    return said.getOrDefault(SaslConfigs.SASL_JAAS_CONFIG, "");
  }

  /** All of it. */
  public Map<String, String> complete() {
    if (!isAsked() || jaas().contains("unsecuredLogin")) {
      return said;
    }
    Map<String, String> all = new TreeMap<>(said);
    all.putIfAbsent(
        SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS,
        OAuthBearerLoginCallbackHandler.class.getName());
    all.putIfAbsent(
        SaslConfigs.SASL_JAAS_CONFIG, OAuthBearerLoginModule.class.getName() + " required;");
    return all;
  }

  /**
   * What is missing, as the name of a property and what to do about it; without it clients would
   * show nothing, or fail without a word of which.
   */
  public Optional<String> mistake() {
    if (!isAsked()) {
      return said.containsKey(URL)
          ? Optional.of("%s is missing: say %s for %s.".formatted("sasl.mechanism", MECHANISM, URL))
          : Optional.empty();
    }
    if (!said.getOrDefault(PROTOCOL, "").startsWith("SASL_")) {
      return Optional.of(PROTOCOL + " is to be SASL_SSL for " + MECHANISM + ".");
    }
    if (isOwn()) {
      return Optional.empty();
    }
    if (!said.containsKey(URL)) {
      return Optional.of(URL + " is missing: say where the issuer gives tokens.");
    }
    boolean asserts = said.keySet().stream().anyMatch(key -> key.contains(".assertion."));
    if (asserts || said.get(URL).startsWith("file:")) {
      return Optional.empty();
    }
    return Map.of(ID, "clientId=", SECRET, "clientSecret=").entrySet().stream()
        .filter(each -> !said.containsKey(each.getKey()) && !jaas().contains(each.getValue()))
        .map(each -> each.getKey() + " is missing: say what the issuer knows Courier by.")
        .sorted()
        .findFirst();
  }

  /** Lets Kafka read what somebody has named in the settings, and nothing else. */
  static void allow(ClientProperties clients) {
    Stream.of(URL, SaslConfigs.SASL_OAUTHBEARER_JWKS_ENDPOINT_URL)
        .flatMap(name -> clients.get(name).stream())
        .forEach(
            url -> {
              allow(ALLOWED_URLS, url);
              if (url.startsWith("file:")) {
                allow(ALLOWED_FILES, Path.of(URI.create(url)).toString());
              }
            });
    FILES.stream()
        .flatMap(name -> clients.get(name).stream())
        .forEach(file -> allow(ALLOWED_FILES, file));
  }

  private static synchronized void allow(String property, String what) {
    Set<String> all = new LinkedHashSet<>(List.of(System.getProperty(property, "").split(",")));
    all.remove("");
    all.add(what);
    System.setProperty(property, String.join(",", all));
  }
}
