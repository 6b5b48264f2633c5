package courier;

/** Why Courier does not start, in one line that says what to change. */
final class StartupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartupException(String message) {
    super(message);
  }
}
