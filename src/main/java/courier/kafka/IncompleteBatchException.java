package courier.kafka;

/** A record of a batch was neither handled nor dead-lettered, so that the batch must come again. */
public final class IncompleteBatchException extends Exception {
  private static final long serialVersionUID = 1L;

  IncompleteBatchException(Exception record) {
    // Not as the cause, by which an error policy would take the record's failure for the batch's.
    super("a record failed for good: " + record);
    addSuppressed(record);
  }
}
