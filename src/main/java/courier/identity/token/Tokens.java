package courier.identity.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.SignedJWT;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Says whose a token is, if it is good: JWT (RFC 7519) with the care of RFC 8725. */
public final class Tokens {
  /** Of RFC 9068, 2.1 and RFC 7519, 5.1; nothing that is signed for another end. */
  private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

  private static final int LONGEST = 8 * 1024;

  private final TokenRules rules;
  private final Claims claims;
  private final JWKSource<SecurityContext> keys;

  /** Asks for no key before there is a token. */
  public Tokens(TokenRules rules, Clock clock) {
    this(rules, clock, KeySource.AT_MOST_EACH);
  }

  /**
   * @param atMostEach milliseconds between one time that keys are asked for and the next
   */
  Tokens(TokenRules rules, Clock clock, long atMostEach) {
    this.rules = rules;
    claims = new Claims(rules, clock);
    keys = KeySource.at(rules.keys(), atMostEach);
  }

  /**
   * May wait for the issuer's keys.
   *
   * @throws TokenRefused when it is not good
   * @throws KeysUnavailable when that cannot be said
   */
  public Identity verify(String token) throws TokenRefused, KeysUnavailable {
    if (token.length() > LONGEST) {
      throw new TokenRefused("The token is longer than 8 KiB.");
    }
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      requireKind(jwt.getHeader());
      if (!isSigned(jwt)) {
        throw new TokenRefused("The token is not signed by a key of the issuer.");
      }
      return claims.identity(jwt.getJWTClaimsSet());
    } catch (ParseException | IllegalArgumentException e) {
      throw new TokenRefused("The token is no signed JWT.");
    }
  }

  private void requireKind(JWSHeader header) throws TokenRefused {
    if (!rules.algorithms().contains(header.getAlgorithm())) {
      throw new TokenRefused("The token is signed by an algorithm that is not accepted here.");
    }
    if (header.getCriticalParams() != null) {
      throw new TokenRefused("The token has a crit header that is not understood here.");
    }
    if (header.getType() != null
        && !TYPES.contains(header.getType().toString().toLowerCase(Locale.ROOT))) {
      throw new TokenRefused("The token is of another type (typ) than JWT.");
    }
  }

  /**
   * A key is for the family of algorithms alone that it was made for, and for any id if for none.
   */
  private static JWKSelector by(JWSHeader header) {
    JWKMatcher fits = JWKMatcher.forJWSHeader(header);
    return new JWKSelector(
        header.getKeyID() == null
            ? fits
            : new JWKMatcher.Builder(fits).keyIDs(header.getKeyID(), null).build());
  }

  private boolean isSigned(SignedJWT jwt) throws KeysUnavailable {
    List<JWK> candidates;
    try {
      candidates = keys.get(by(jwt.getHeader()), null);
    } catch (JWKSetUnavailableException e) {
      throw new KeysUnavailable(e);
    } catch (KeySourceException e) {
      return false; // it was asked for this key just now, and has none
    }
    for (JWK key : candidates) {
      try {
        if (isSignedBy(key, jwt)) {
          return true;
        }
      } catch (JOSEException | GeneralSecurityException e) {
        // of another kind: not by this one
      }
    }
    return false;
  }

  private static boolean isSignedBy(JWK key, SignedJWT jwt)
      throws JOSEException, GeneralSecurityException {
    if (key instanceof OctetKeyPair ed25519) {
      return Ed25519Signature.verifies(ed25519, jwt.getSigningInput(), jwt.getSignature().decode());
    }
    return jwt.verify(
        key instanceof RSAKey rsa
            ? new RSASSAVerifier(rsa)
            : key instanceof ECKey ec
                ? new ECDSAVerifier(ec)
                : new MACVerifier((OctetSequenceKey) key));
  }
}
