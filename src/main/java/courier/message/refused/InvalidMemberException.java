package courier.message.refused;

import courier.failure.PoisonException;

/** A JSON object with a member that a message must not have, or without one that it must have. */
public final class InvalidMemberException extends PoisonException {
  private static final long serialVersionUID = 1L;

  public InvalidMemberException(String message) {
    super(message);
  }
}
