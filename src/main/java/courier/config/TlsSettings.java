package courier.config;

import courier.http.tls.CertificateProblem;
import courier.http.tls.Tls;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** What the settings say about TLS of the HTTP servers; without a certificate there is none. */
public final class TlsSettings {
  static final String ALL = "tls.";

  private static final String CERTIFICATE = "tls.certificate";
  private static final String KEY = "tls.key";
  private static final String PASSWORD = "tls.password";

  private TlsSettings() {}

  /**
   * @throws StartupException if clients would not take the certificate
   */
  static Optional<Tls> of(Settings settings) {
    boolean hasMore = !settings.isBlank(KEY) || !settings.isBlank(PASSWORD);
    if (settings.isBlank(CERTIFICATE) && hasMore) {
      throw new StartupException(
          "%s or %s is set, and %s is not: set it, or leave them out."
              .formatted(KEY, PASSWORD, CERTIFICATE));
    }
    if (!isOn(settings)) {
      return Optional.empty();
    }
    Path key = settings.isBlank(KEY) ? null : path(settings, KEY);
    String password = settings.isBlank(PASSWORD) ? "" : settings.get(PASSWORD);
    try {
      return Optional.of(Tls.of(path(settings, CERTIFICATE), key, password));
    } catch (CertificateProblem e) {
      throw new StartupException(e.getMessage());
    }
  }

  private static Path path(Settings settings, String property) {
    try {
      String name = settings.get(property);
      if (!name.contains("-----BEGIN")) {
        return Path.of(name);
      }
    } catch (InvalidPathException e) {
      // said below
    }
    throw new StartupException(property + " is no name of a file: write the file's name there.");
  }

  /** An environment that has to switch it off cannot say nothing. */
  private static boolean isOn(Settings settings) {
    return !settings.isBlank(CERTIFICATE) && !settings.get(CERTIFICATE).equals("none");
  }

  /** What the address of an HTTP server begins with. */
  public static String scheme(Settings settings) {
    return isOn(settings) ? "https" : "http";
  }
}
