package courier.kafka.consumer;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;

/** Puts together again what was kept of a batch that was taken apart. */
public final class Batch implements AggregationStrategy {
  /** The exchange property by which the steps of the split say what goes on. */
  private static final String KEPT = "kept";

  /**
   * The list of the bodies whose exchange has the property {@code kept}, in their order. The first
   * record that failed fails the batch, and those behind it are not tried.
   */
  @Override
  @SuppressWarnings("unchecked") // as its route sets it
  public Exchange aggregate(Exchange kept, Exchange record, Exchange batch) {
    CommitBatch.stayInGroup(batch.getVariable("records", List.class));
    if (record.getException() != null) {
      throw RuntimeCamelException.wrapRuntimeException(record.getException());
    }
    Exchange answer = kept == null ? empty(batch) : kept;
    if (record.getProperty(KEPT, false, Boolean.class)) {
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
}
