package courier.message;

/** A record that can never be handled, however often it is tried. */
public final class PoisonException extends Exception {
  private static final long serialVersionUID = 1L;

  public PoisonException(String message) {
    super(message);
  }
}
