package courier.kafka;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/** Puts together again what was kept of a batch that was taken apart. */
public final class Batch implements AggregationStrategy {
  /** The exchange property by which the steps of the split say what goes on. */
  private static final String KEPT = "kept";

  /**
   * The list of the bodies whose exchange has the property {@code kept}, in their order. A record
   * that failed fails the batch.
   */
  @Override
  @SuppressWarnings("unchecked") // as receive-message sets it
  public Exchange aggregate(Exchange kept, Exchange record, Exchange batch) {
    CommitBatch.stayInGroup(batch.getVariable("records", List.class));
    Exchange answer = kept == null ? empty(batch) : kept;
    if (record.getException() != null) {
      answer.setException(new IncompleteBatchException(record.getException()));
    } else if (isKept(record)) {
      @SuppressWarnings("unchecked")
      List<Object> bodies = answer.getMessage().getBody(List.class);
      bodies.add(record.getMessage().getBody());
    }
    return answer;
  }

  @Override
  public Exchange aggregate(Exchange kept, Exchange record) {
    throw new UnsupportedOperationException("a batch is put together from the batch it was");
  }

  private static Exchange empty(Exchange batch) {
    Exchange answer = batch.copy();
    answer.getMessage().setBody(new ArrayList<>());
    return answer;
  }

  private static boolean isKept(Exchange record) {
    return !record.getExchangeExtension().isErrorHandlerHandledSet()
        && record.getProperty(KEPT, false, Boolean.class);
  }
}
