package courier.failure;

/** A record that can never be handled, however often it is tried. */
public abstract class PoisonException extends Exception {
  private static final long serialVersionUID = 1L;

  public PoisonException(String message) {
    // It tells of a record, not of a place in the code, and a flood of it must cost little.
    super(message, null, true, false);
  }
}
