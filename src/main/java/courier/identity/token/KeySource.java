package courier.identity.token;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Where the issuer's keys come from: a {@link KeyFile}, the address of a JWK Set, or that of an
 * issuer's metadata ({@code …/.well-known/openid-configuration}), which says where its keys are.
 */
final class KeySource implements JWKSetSource<SecurityContext> {
  private static final int MILLIS = 3000;
  private static final int MAX_BYTES = 512 * 1024;
  private static final long CACHED = TimeUnit.MINUTES.toMillis(5);
  private static final long FILE_CACHED = TimeUnit.SECONDS.toMillis(10);
  private static final long REFRESH_TIMEOUT = TimeUnit.SECONDS.toMillis(15);

  /**
   * Milliseconds, so that nobody has the issuer asked again and again by tokens of unknown keys.
   */
  static final long AT_MOST_EACH = TimeUnit.SECONDS.toMillis(5);

  private static final long OUTAGE = TimeUnit.HOURS.toMillis(24);

  private final String location;
  private final DefaultResourceRetriever retriever =
      new DefaultResourceRetriever(MILLIS, MILLIS, MAX_BYTES);

  private KeySource(String location) {
    this.location = location;
  }

  /**
   * Keys that are asked for once in a while, and when a token names one that is not known (the
   * issuer has changed its keys). While they cannot be had, those that were go on for a day.
   */
  static JWKSource<SecurityContext> at(String location, long atMostEach) {
    return JWKSourceBuilder.create(new KeySource(location))
        .cache(isAddress(location) ? CACHED : FILE_CACHED, REFRESH_TIMEOUT)
        .refreshAheadCache(false)
        .rateLimited(atMostEach)
        .retrying(true)
        .outageTolerant(OUTAGE)
        .build();
  }

  static boolean isAddress(String location) {
    return location.startsWith("https://") || location.startsWith("http://");
  }

  @Override
  public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator evaluator, long now, SecurityContext context)
      throws KeySourceException {
    try {
      return isAddress(location) ? ofIssuer() : KeyFile.read(Files.readString(Path.of(location)));
    } catch (IOException | ParseException | IllegalArgumentException e) {
      throw new JWKSetRetrievalException("The keys at " + location + " cannot be had", e);
    }
  }

  private JWKSet ofIssuer() throws IOException, ParseException {
    String answer = get(location);
    Map<String, Object> metadata = JSONObjectUtils.parse(answer);
    String keys = JSONObjectUtils.getString(metadata, "jwks_uri");
    return JWKSet.parse(keys == null ? answer : get(keys));
  }

  private String get(String address) throws IOException {
    return retriever.retrieveResource(URI.create(address).toURL()).getContent();
  }

  @Override
  public void close() {}
}
