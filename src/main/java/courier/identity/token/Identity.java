package courier.identity.token;

import java.time.Instant;

/**
 * A person who has shown a token, which is good until {@code expires}.
 *
 * @param name the token's {@code sub}: whom messages are from and for
 * @param role the highest one that the token names
 * @param tokenId its {@code jti}, or null
 * @param issued its {@code iat}, or the beginning of time
 */
public record Identity(String name, Role role, String tokenId, Instant issued, Instant expires) {
  /** Who asks where nobody is asked who they are. */
  public static final Identity UNASKED =
      new Identity(null, Role.OPERATOR, null, Instant.EPOCH, Instant.MAX);

  public boolean has(Role least) {
    return role.compareTo(least) >= 0;
  }
}
