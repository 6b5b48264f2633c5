package courier.message.refused;

import courier.failure.PoisonException;

/** A record whose value is no JSON object in UTF-8. */
public final class NotJsonException extends PoisonException {
  private static final long serialVersionUID = 1L;

  public NotJsonException(String message) {
    super(message);
  }
}
