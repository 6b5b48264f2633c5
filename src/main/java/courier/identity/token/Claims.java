package courier.identity.token;

import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What a token that is signed says (RFC 7519, 4.1), and whether that is good. */
final class Claims {
  private static final int LONGEST_NAME = 128;

  private final TokenRules rules;
  private final DefaultJWTClaimsVerifier<SecurityContext> verifier;

  Claims(TokenRules rules, Clock clock) {
    this.rules = rules;
    verifier =
        new DefaultJWTClaimsVerifier<>(
            rules.audiences(),
            new JWTClaimsSet.Builder().issuer(rules.issuer()).build(),
            Set.of("sub", "exp"),
            Set.of()) {
          @Override
          protected Date currentTime() {
            return Date.from(clock.instant());
          }
        };
    verifier.setMaxClockSkew((int) rules.skew().toSeconds());
  }

  Identity identity(JWTClaimsSet claims) throws TokenRefused {
    try {
      verifier.verify(claims, null);
    } catch (ExpiredJWTException e) {
      throw TokenRefused.expired();
    } catch (BadJWTException e) {
      throw new TokenRefused(
          "The token is not for this server: it is not valid yet, by another issuer, for another"
              + " audience, or lacks sub or exp.");
    }
    String name = claims.getSubject();
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      throw new TokenRefused("The token's sub is empty or longer than 128 characters.");
    }
    Date issued = claims.getIssueTime();
    return new Identity(
        name,
        role(claims.getClaims()),
        claims.getJWTID(),
        issued == null ? Instant.EPOCH : issued.toInstant(),
        claims.getExpirationTime().toInstant().plus(rules.skew()));
  }

  /** Whoever is known is a client. */
  private Role role(Map<String, Object> claims) {
    return names(claim(claims, rules.rolesClaim()))
        .flatMap(name -> Role.named(name).stream())
        .max(Role::compareTo)
        .filter(role -> role != Role.ANYBODY)
        .orElse(Role.CLIENT);
  }

  /** As {@code roles}, or as {@code realm_access.roles} where an issuer has it deeper. */
  private static Object claim(Map<?, ?> claims, String path) {
    int dot = path.indexOf('.');
    if (claims.containsKey(path) || dot < 0) {
      return claims.get(path);
    }
    return claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner
        ? claim(inner, path.substring(dot + 1))
        : null;
  }

  /** A list, or as {@code scope} has it: one text with spaces (RFC 6749, 3.3). */
  private static Stream<String> names(Object claim) {
    if (claim instanceof Collection<?> all) {
      return all.stream().map(String::valueOf);
    }
    return claim instanceof String text ? Arrays.stream(text.split(" ")) : Stream.empty();
  }
}
