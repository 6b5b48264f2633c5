package courier.message;

/** A JSON object with a member that a message must not have, or without one that it must have. */
public final class InvalidMemberException extends PoisonException {
  private static final long serialVersionUID = 1L;

  InvalidMemberException(String message) {
    super(message);
  }
}
