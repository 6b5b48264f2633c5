package courier.http.tls;

import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.SSLEngineOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.support.service.ServiceSupport;

/** TLS of HTTP servers (RFC 8446), whose certificate follows its files while this runs. */
public final class Tls extends ServiceSupport {
  private static final int SECONDS_BETWEEN_LOOKS = 1;
  private static final Set<String> VERSIONS = Set.of("TLSv1.3", "TLSv1.2");

  /** To do the costly part of a handshake again and again would be the client's choice else. */
  private static final String REJECT_RENEGOTIATION = "jdk.tls.rejectClientInitiatedRenegotiation";

  private final ServerKeys keys;
  private final CertificateWatch watch;
  private ScheduledExecutorService looking;

  private Tls(ServerKeys keys, CertificateWatch watch) {
    this.keys = keys;
    this.watch = watch;
  }

  /**
   * @param certificate PEM or PKCS#12
   * @param key PEM; null when it is in the same file
   * @param password of PKCS#12, else nothing
   * @throws CertificateProblem if there is none that clients would take
   */
  public static Tls of(Path certificate, Path key, String password) throws CertificateProblem {
    if (System.getProperty(REJECT_RENEGOTIATION) == null) {
      System.setProperty(REJECT_RENEGOTIATION, "true");
    }
    CertificateFiles files = new CertificateFiles(certificate, key, password);
    CertificateFiles.Content content = files.read();
    ServerKeys keys = new ServerKeys(files.load(content));
    return new Tls(keys, new CertificateWatch(files, keys, content));
  }

  /** Has a server speak it, and nothing else. */
  public HttpServerOptions secure(HttpServerOptions options) {
    return options
        .setSsl(true)
        .setSslEngineOptions(engine())
        .setKeyCertOptions(KeyCertOptions.wrap(keys))
        .setEnabledSecureTransportProtocols(VERSIONS);
  }

  /** BoringSSL costs less than Java's own TLS, and is there for Linux where it can be unpacked. */
  private static SSLEngineOptions engine() {
    return OpenSSLEngineOptions.isAvailable()
        ? new OpenSSLEngineOptions()
        : new JdkSSLEngineOptions();
  }

  /** What is wrong with the certificate, or with what its files hold now. */
  Optional<String> problem() {
    return watch.problem();
  }

  boolean hasExpired() {
    return watch.hasExpired();
  }

  @Override
  protected void doStart() {
    looking =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "certificate");
              thread.setDaemon(true);
              return thread;
            });
    looking.scheduleWithFixedDelay(
        watch::look, SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
  }

  @Override
  protected void doStop() {
    if (looking != null) {
      looking.shutdownNow();
    }
  }
}
