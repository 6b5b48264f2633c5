package courier.chaos.ledger;

/** What broke is the harness, so that nothing can be said of the product. */
public final class HarnessFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public HarnessFault(String message, Throwable cause) {
    super(message, cause);
  }
}
