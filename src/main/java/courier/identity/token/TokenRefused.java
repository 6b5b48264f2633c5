package courier.identity.token;

/** A token that is not good, and why, in words that have nothing of it. */
public final class TokenRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /** What a socket is told, so that its client gets a new token (RFC 6749 has no word for it). */
  public static final String EXPIRED = "token-expired";

  private final boolean expired;

  public TokenRefused(String why) {
    this(why, false);
  }

  private TokenRefused(String why, boolean expired) {
    super(why, null, false, false); // a client's mistake: nobody reads its stack trace
    this.expired = expired;
  }

  public static TokenRefused expired() {
    return new TokenRefused("The token has expired: get a new one.", true);
  }

  public boolean isExpired() {
    return expired;
  }
}
