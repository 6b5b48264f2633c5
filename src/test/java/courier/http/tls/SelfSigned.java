package courier.http.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** A certificate for localhost that nobody else has signed, as PKCS#12. */
public final class SelfSigned {
  public static final String PASSWORD = "changeit";

  private static final Map<String, SelfSigned> MADE = new ConcurrentHashMap<>();

  public final Path p12;
  private final KeyStore store = KeyStore.getInstance("PKCS12");

  /**
   * One for all tests, as each takes a process.
   *
   * @param more of keytool's options, such as how long it is valid
   */
  public static SelfSigned named(String name, String... more) {
    return MADE.computeIfAbsent(name, key -> make(name, more));
  }

  private static SelfSigned make(String name, String... more) {
    try {
      return new SelfSigned(
          Files.createTempDirectory(Path.of("target"), "certificate-"), name, more);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  public static SelfSigned rsa() {
    return named("rsa", "-keyalg", "RSA");
  }

  /** One that has expired. */
  static SelfSigned old() {
    return named("old", "-keyalg", "EC", "-startdate", "-9d", "-validity", "5");
  }

  private SelfSigned(Path folder, String name, String... more) throws Exception {
    p12 = folder.resolve(name + ".p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command =
        new ArrayList<>(
            List.of(keytool, "-J-XX:TieredStopAtLevel=1", "-genkeypair", "-alias", "one"));
    command.addAll(List.of("-keystore", p12.toString(), "-storepass", PASSWORD));
    command.addAll(List.of("-dname", "CN=" + name, "-ext", "san=dns:localhost,ip:127.0.0.1"));
    command.addAll(List.of(more.length == 0 ? new String[] {"-keyalg", "EC"} : more));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException(said);
    }
    store.load(Files.newInputStream(p12), PASSWORD.toCharArray());
  }

  public X509Certificate certificate() throws Exception {
    return (X509Certificate) store.getCertificate("one");
  }

  public String certificatePem() throws Exception {
    return pem("CERTIFICATE", certificate().getEncoded());
  }

  /** As PKCS#8. */
  public String keyPem() throws Exception {
    return pem("PRIVATE KEY", key().getEncoded());
  }

  PrivateKey key() throws Exception {
    return (PrivateKey) store.getKey("one", PASSWORD.toCharArray());
  }

  static String pem(String kind, byte[] der) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, lines);
  }

  /** Writes both to files of these names. */
  public SelfSigned write(Path certificate, Path key) throws Exception {
    Files.writeString(certificate, certificatePem(), StandardCharsets.US_ASCII);
    Files.writeString(key, keyPem(), StandardCharsets.US_ASCII);
    return this;
  }

  /** Of a client that trusts these and no other. */
  public static SSLContext trusting(SelfSigned... trusted) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new X509TrustManager[] {trust(trusted)}, null);
    return context;
  }

  public static X509TrustManager trust(SelfSigned... trusted) throws Exception {
    KeyStore authorities = KeyStore.getInstance("PKCS12");
    authorities.load(null, null);
    for (SelfSigned each : trusted) {
      Certificate certificate = each.certificate();
      authorities.setCertificateEntry(each.p12.toString(), certificate);
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(authorities);
    return (X509TrustManager) factory.getTrustManagers()[0];
  }
}
