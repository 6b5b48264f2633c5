package courier.deadletter.record;

import courier.metrics.Figure;
import courier.metrics.Figures;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Counts records that were dead-lettered, as a step behind the one that writes them; as an error
 * policy's {@code onRedeliveryRef}, those that are tried again.
 */
public final class CountLetters implements CamelContextAware, Processor {
  private static final List<String> REASONS =
      List.of("not-json", "invalid-member", "id-conflict", "refused-by-store");

  private CamelContext context;
  private Figures figures;

  @Override
  public CamelContext getCamelContext() {
    return context;
  }

  @Override
  public void setCamelContext(CamelContext context) {
    this.context = context;
    figures = Figures.of(context).expect(Figure.RETRIED).expect(Figure.REPLAYED);
    REASONS.forEach(reason -> figures.expect(Figure.DEAD_LETTERED, "reason", reason));
  }

  /** Each by the name of its reason. */
  public void count(@Body List<Message> letters) {
    Map<String, Integer> exceptions = new HashMap<>();
    for (Message letter : letters) {
      var headers = letter.getBody(OriginalRecord.class).headers().toArray();
      String exception =
          new LetterHeaders(Arrays.asList(headers), Letters.PREFIX).text("exception");
      exceptions.merge(exception, 1, Integer::sum);
    }
    exceptions.forEach(
        (exception, many) ->
            figures.count(Figure.DEAD_LETTERED, many, "reason", LetterReason.name(exception)));
  }

  @Override
  public void process(Exchange again) {
    figures.count(Figure.RETRIED, 1);
  }
}
