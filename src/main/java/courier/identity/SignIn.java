package courier.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import courier.identity.token.Identity;
import courier.identity.token.KeysUnavailable;
import courier.identity.token.TokenRefused;
import courier.identity.token.Tokens;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Whose a token is, asked again and again: what was verified a moment ago is not verified again.
 */
public final class SignIn {
  private static final int REMEMBERED = 10_000;

  /** How long a key that the issuer has taken back may be good for here. */
  private static final Duration FOR = Duration.ofMinutes(1);

  private final Tokens tokens;
  private final Revocations revocations;
  private final Clock clock;
  private final Cache<String, Identity> verified =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(FOR).build();

  public SignIn(Tokens tokens, Revocations revocations, Clock clock) {
    this.tokens = tokens;
    this.revocations = revocations;
    this.clock = clock;
  }

  /**
   * Whose it is, if that can be said without waiting.
   *
   * @throws TokenRefused when it is not good any more
   */
  public Optional<Identity> atOnce(String token) throws TokenRefused {
    Identity known = verified.getIfPresent(token);
    return known == null ? Optional.empty() : Optional.of(still(known));
  }

  /**
   * Whose it is; may wait for the issuer's keys.
   *
   * @throws TokenRefused when it is not good
   * @throws KeysUnavailable when that cannot be said
   */
  public Identity verify(String token) throws TokenRefused, KeysUnavailable {
    Identity identity = still(tokens.verify(token));
    verified.put(token, identity);
    return identity;
  }

  /** How long it is good from now on. */
  Duration left(Identity identity) {
    return Duration.between(clock.instant(), identity.expires());
  }

  /** Whether somebody who was let in may stay. */
  public boolean isGood(Identity identity) {
    return clock.instant().isBefore(identity.expires()) && !revocations.has(identity);
  }

  private Identity still(Identity identity) throws TokenRefused {
    if (!clock.instant().isBefore(identity.expires())) {
      throw TokenRefused.expired();
    }
    if (revocations.has(identity)) {
      throw new TokenRefused("The token was revoked: get a new one.");
    }
    return identity;
  }
}
