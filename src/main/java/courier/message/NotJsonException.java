package courier.message;

/** A record whose value is no JSON object in UTF-8. */
public final class NotJsonException extends PoisonException {
  private static final long serialVersionUID = 1L;

  NotJsonException(String message) {
    super(message);
  }
}
