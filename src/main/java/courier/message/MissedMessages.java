package courier.message;

import courier.mongodb.Rfc3339;
import courier.socketio.SocketioConstants;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.apache.camel.component.mongodb.MongoDbConstants;
import org.bson.Document;

/** Reads from the store what a client has missed, and the position of a message. */
public final class MissedMessages {
  private static final Document BY_OFFSET = new Document("offset", 1);
  private static final Document PLACE = new Document("offset", 1).append("createdAt", 1);

  /** Makes the query of {@code mongodb:…?operation=findAll} for what {@code socketio:} asks. */
  public void query(Message request) {
    Document offsets =
        new Document("$gte", request.getHeader(SocketioConstants.OFFSET))
            .append("$lt", request.getHeader(SocketioConstants.UNTIL));
    Document missed =
        new Document("to", request.getHeader(SocketioConstants.ROOM))
            .append("partition", request.getHeader(SocketioConstants.PARTITION))
            .append("offset", offsets)
            .append("topicId", of(request.getHeader(SocketioConstants.LOG, String.class)));
    request.setHeader(MongoDbConstants.CRITERIA, missed);
    request.setHeader(MongoDbConstants.SORT_BY, BY_OFFSET);
    request.setHeader(MongoDbConstants.LIMIT, request.getHeader(SocketioConstants.LIMIT));
  }

  /** Those of this log, or of the version before, which did not say. */
  private static Document of(String log) {
    return new Document("$in", Arrays.asList(log, null));
  }

  /**
   * The stored messages as the events that clients of {@code newMessage} get. They are read one by
   * one, as far as somebody wants them: a message may be megabytes.
   */
  public MissedEvents events(@Body Iterable<Document> found, CamelContext context) {
    return new MissedEvents(found.iterator(), stored -> event(stored, context));
  }

  private static Message event(Document stored, CamelContext context) {
    return StoredMessages.event(
        context,
        stored.getInteger("partition"),
        stored.get("offset", Number.class).longValue(),
        stored.getString("to"),
        event(stored));
  }

  private static Map<String, Object> event(Document stored) {
    Map<String, Object> event = new LinkedHashMap<>();
    for (String member : List.of("_id", "from", "to", "message")) {
      event.put(member, stored.get(member));
    }
    event.put("createdAt", Rfc3339.format(stored.get("createdAt", Date.class).toInstant()));
    return event;
  }

  /** Begins to look for where the messages are that were created when this one was, or later. */
  public PositionSearch search(
      @Body Document message, @Header(SocketioConstants.NEXT) Map<Integer, Long> next) {
    return new PositionSearch(message.getDate("createdAt"), next);
  }

  /** Makes the query of {@code mongodb:…?operation=findAll} for what a search asks next. */
  public void look(@Variable("search") PositionSearch search, Message request) {
    request.setHeader(SocketioConstants.PARTITION, search.partition());
    request.setHeader(SocketioConstants.OFFSET, search.from());
    request.setHeader(SocketioConstants.UNTIL, search.until());
    request.setHeader(SocketioConstants.LIMIT, 1);
    query(request);
    request.getHeader(MongoDbConstants.CRITERIA, Document.class).putAll(search.criteria());
    request.setHeader(MongoDbConstants.FIELDS_PROJECTION, PLACE);
  }

  /** Tells a search what was found. */
  public void found(@Variable("search") PositionSearch search, @Body List<Document> found) {
    search.found(found.isEmpty() ? null : found.get(0));
  }

  /** For each partition what comes next after a message; in its own that is known exactly. */
  public Map<Integer, Long> position(
      @Variable("search") PositionSearch search,
      @Variable("message") Document message,
      @Header(SocketioConstants.LOG) String log) {
    Map<Integer, Long> position = search.position();
    Object its = message.get("topicId");
    if (its == null || its.equals(log)) {
      position.put(
          message.getInteger("partition"), message.get("offset", Number.class).longValue() + 1);
    }
    return position;
  }
}
