package courier.identity.token;

import com.nimbusds.jose.JWSAlgorithm;
import java.time.Duration;
import java.util.Set;

/**
 * Which tokens are good.
 *
 * @param issuer their {@code iss}
 * @param audiences one of which their {@code aud} names
 * @param algorithms by which they may be signed
 * @param keys a file or an address: {@link KeySource}
 * @param skew how far the issuer's clock may be off
 * @param rolesClaim the claim that names roles; dots lead into objects
 */
public record TokenRules(
    String issuer,
    Set<String> audiences,
    Set<JWSAlgorithm> algorithms,
    String keys,
    Duration skew,
    String rolesClaim) {
  /** Those that can be asked for: RFC 7518, 3.1 and RFC 8037 (EdDSA, RFC 9864's Ed25519). */
  public static final Set<JWSAlgorithm> KNOWN =
      Set.of(
          JWSAlgorithm.HS256,
          JWSAlgorithm.RS256,
          JWSAlgorithm.PS256,
          JWSAlgorithm.ES256,
          JWSAlgorithm.EdDSA,
          JWSAlgorithm.Ed25519);
}
