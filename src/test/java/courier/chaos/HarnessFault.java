package courier.chaos;

/** What broke is the harness, so that nothing can be said of the product. */
final class HarnessFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  HarnessFault(String message, Throwable cause) {
    super(message, cause);
  }
}
