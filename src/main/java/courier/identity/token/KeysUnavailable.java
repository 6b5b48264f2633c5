package courier.identity.token;

/** The issuer's keys cannot be had now, so that nobody can say whether a token is good. */
public final class KeysUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  KeysUnavailable(Throwable cause) {
    super("The keys of the issuer cannot be had at the moment: try again.", cause);
  }
}
