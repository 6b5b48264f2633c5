package courier.message;

import courier.message.refused.RefusedRecord;
import courier.metrics.Figure;
import courier.metrics.Figures;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.apache.camel.component.kafka.KafkaConstants;

/**
 * Counts what has become of a batch of records, as steps of its routes: once for all of it, and at
 * its end, as one that fails comes again. What was read is stored, ignored, dead-lettered or a
 * duplicate.
 */
public final class Tally implements CamelContextAware {
  /** Exchange variable: how many of the batch are stored already, as a mutable number. */
  static final String DUPLICATES = "duplicates";

  /** Exchange variables: milliseconds since 1970. */
  private static final String STORED_AT = "stored-at";

  private static final String PUSHED_AT = "pushed-at";

  private CamelContext context;
  private Figures figures;
  private Timer storeTime;
  private Timer pushTime;

  @Override
  public CamelContext getCamelContext() {
    return context;
  }

  @Override
  public void setCamelContext(CamelContext context) {
    this.context = context;
    figures =
        Figures.of(context)
            .expect(Figure.READ)
            .expect(Figure.STORED)
            .expect(Figure.IGNORED)
            .expect(Figure.DUPLICATES);
    storeTime = figures.timer(Figure.STORE_TIME);
    pushTime = figures.timer(Figure.PUSH_TIME);
  }

  /** Those that can be are stored now. */
  public void stored(Exchange batch) {
    batch.setVariable(STORED_AT, System.currentTimeMillis());
    batch.removeVariable(PUSHED_AT);
  }

  /** They are pushed now to who is connected here. */
  public void pushed(Exchange batch) {
    batch.setVariable(PUSHED_AT, System.currentTimeMillis());
  }

  /** All is done with the batch but its commit. */
  public void count(
      @Variable("records") List<?> records,
      @Variable("messages") List<ReceivedMessage> stored,
      @Variable(RefusedRecord.VARIABLE) List<RefusedRecord> refused,
      @Variable(DUPLICATES) AtomicInteger duplicates,
      @Variable(STORED_AT) Long storedAt,
      @Variable(PUSHED_AT) Long pushedAt) {
    int rest = records.size() - stored.size() - refused.size() - duplicates.get();
    figures.count(Figure.READ, records.size());
    figures.count(Figure.STORED, stored.size());
    figures.count(Figure.DUPLICATES, duplicates.get());
    figures.count(Figure.IGNORED, rest);
    for (ReceivedMessage message : stored) {
      Long accepted = message.record().getHeader(KafkaConstants.TIMESTAMP, Long.class);
      time(storeTime, accepted, storedAt);
      time(pushTime, accepted, pushedAt);
    }
  }

  /** Clocks may be apart. */
  private static void time(Timer timer, Long from, Long until) {
    if (from != null && until != null) {
      timer.record(Math.max(0, until - from), TimeUnit.MILLISECONDS);
    }
  }
}
