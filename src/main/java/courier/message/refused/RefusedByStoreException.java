package courier.message.refused;

import courier.failure.PoisonException;

/** A message that MongoDB will never take. */
public final class RefusedByStoreException extends PoisonException {
  private static final long serialVersionUID = 1L;

  public RefusedByStoreException(String message) {
    super("MongoDB refuses it for good: " + message);
  }
}
