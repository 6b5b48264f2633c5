package courier.transfer;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCursor;
import courier.http.LongAnswers;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.mongodb.MongoDbConstants;
import org.bson.Document;

/** Answers with documents as lines, each read when the client takes it. */
public final class Export {
  /** Documents read at once: while a client does not read on they are in memory. */
  private static final int AT_A_TIME = 8;

  private final LongAnswers answers;

  /**
   * @param answers who sends them
   */
  public Export(LongAnswers answers) {
    this.answers = answers;
  }

  /** Dead letters, without what is for nobody to see, or of a replay that is under way. */
  public void letters(Exchange exchange) {
    answer(exchange, Importable.LETTER::only);
  }

  /** Messages, as they are stored. */
  public void messages(Exchange exchange) {
    answer(exchange, UnaryOperator.identity());
  }

  /** Takes what {@code mongodb:…?operation=findAll&outputType=MongoIterable} has found. */
  private void answer(Exchange exchange, UnaryOperator<Document> shown) {
    Message answer = exchange.getMessage();
    @SuppressWarnings("unchecked")
    FindIterable<Document> found = answer.getBody(FindIterable.class);
    Integer limit = answer.getHeader(MongoDbConstants.LIMIT, Integer.class);
    if (limit != null) {
      found = found.limit(limit - 1); // of a page, which looks for one more
    }
    answers.expect(answer);
    answer.removeHeaders("*");
    answer.setHeader(Exchange.CONTENT_TYPE, "application/x-ndjson");
    try (MongoCursor<Document> all = found.batchSize(AT_A_TIME).iterator()) {
      answers.send(answer, new DocumentLines(all, shown));
    }
  }
}
