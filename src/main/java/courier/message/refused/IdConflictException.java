package courier.message.refused;

import courier.failure.PoisonException;

/** Another message with the same id is stored already, and stays. */
public final class IdConflictException extends PoisonException {
  private static final long serialVersionUID = 1L;

  public IdConflictException(String id) {
    super(
        "id-conflict: another message with the id `%s` is stored already".formatted(Shown.of(id)));
  }
}
