package courier.mongodb;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * The options of a URI that name files of TLS, which other drivers and mongosh know and that of
 * Java does not: {@code tlsCAFile}, {@code tlsCertificateKeyFile} (both PEM, a key in PKCS#8) and
 * {@code tlsCertificateKeyFilePassword}.
 *
 * @param uri without them
 */
public record MongoTls(String uri, Map<String, String> options) {
  private static final String AUTHORITY = "tlscafile";
  private static final String OWN = "tlscertificatekeyfile";
  private static final String PASSWORD = "tlscertificatekeyfilepassword";

  public static MongoTls of(String uri) {
    int question = uri.indexOf('?');
    Map<String, String> options = new HashMap<>();
    List<String> others = new ArrayList<>();
    for (String option : uri.substring(question + 1).split("[&;]")) {
      String[] pair = option.split("=", 2);
      String name = pair[0].toLowerCase(Locale.ROOT);
      if (question >= 0 && List.of(AUTHORITY, OWN, PASSWORD).contains(name) && pair.length == 2) {
        options.put(name, URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
      } else {
        others.add(option);
      }
    }
    return options.isEmpty()
        ? new MongoTls(uri, options)
        : new MongoTls(uri.substring(0, question + 1) + String.join("&", others), options);
  }

  /** The file that has Courier's own key. */
  public Optional<String> keyFile() {
    return Optional.ofNullable(options.get(OWN));
  }

  /**
   * @throws IllegalArgumentException when a file is not there, or not what it should be
   */
  Optional<SSLContext> context() {
    if (options.isEmpty()) {
      return Optional.empty();
    }
    try {
      SslContextBuilder tls = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
      if (options.containsKey(AUTHORITY)) {
        tls.trustManager(new File(options.get(AUTHORITY)));
      }
      if (options.containsKey(OWN)) {
        File own = new File(options.get(OWN));
        tls.keyManager(own, own, options.get(PASSWORD));
      }
      return Optional.of(((JdkSslContext) tls.build()).context());
    } catch (SSLException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
