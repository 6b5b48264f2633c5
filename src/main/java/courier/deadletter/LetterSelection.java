package courier.deadletter;

import courier.deadletter.record.Masked;
import courier.http.QueryParameter;
import courier.http.Refusal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Date;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.mongodb.MongoDbConstants;
import org.bson.Document;

/**
 * Which dead letters are meant: by {@code group}, {@code state}, {@code reason}, {@code sender},
 * {@code tag}, whether they are {@code held}, and the time they failed, {@code since} and {@code
 * until} (RFC 3339, the latter excluded).
 */
public final class LetterSelection {
  private static final List<String> EQUAL = List.of("group", "state", "reason", "sender");

  /** What a list leaves out: what is large, or for nobody to see. */
  public static final List<String> HIDDEN =
      Stream.concat(
              Stream.of("value", "edited", "key", "headers", "history.value", "notes"),
              Letter.SECRET.stream())
          .toList();

  /**
   * Takes the selection from the query and leaves it as the variable {@code selection}.
   *
   * @throws Refusal 400, or 403 when it asks for a person who is not to be seen
   */
  public void query(Exchange exchange) {
    exchange.setVariable("selection", visible(exchange.getMessage()));
  }

  /** The filter of a request's query, which does not find out whose is what. */
  static Document visible(Message request) {
    if (Masked.is(request.getExchange()) && request.getHeader("sender") != null) {
      throw new Refusal(403, "Who sent something is for operators to know: leave out `sender`.");
    }
    return of(name -> QueryParameter.once(name, request.getHeader(name)));
  }

  /** Leaves out of a list what is large, or for nobody to see. */
  public void withoutValues(Message query) {
    Document without = new Document();
    HIDDEN.forEach(member -> without.append(member, 0));
    if (Masked.is(query.getExchange())) {
      Masked.leaveOut(without);
    }
    query.setHeader(MongoDbConstants.FIELDS_PROJECTION, without);
  }

  /** The filter for MongoDB; empty when nothing is asked for. */
  public static Document of(Function<String, String> parameters) {
    Document filter = new Document();
    for (String name : EQUAL) {
      String value = parameters.apply(name);
      if (value != null) {
        filter.append(name, value);
      }
    }
    String tag = parameters.apply("tag");
    if (tag != null) {
      filter.append("tags", tag);
    }
    Hold.select(parameters.apply(Hold.FIELD), filter);
    Document failedAt = new Document();
    bound(failedAt, "$gte", "since", parameters);
    bound(failedAt, "$lt", "until", parameters);
    return failedAt.isEmpty() ? filter : filter.append("failedAt", failedAt);
  }

  private static void bound(
      Document failedAt, String operator, String name, Function<String, String> parameters) {
    String value = parameters.apply(name);
    if (value == null) {
      return;
    }
    try {
      failedAt.append(operator, Date.from(OffsetDateTime.parse(value).toInstant()));
    } catch (DateTimeException e) {
      throw new Refusal(name, "is not an RFC 3339 time: write it as 2026-11-22T09:30:00Z");
    }
  }
}
