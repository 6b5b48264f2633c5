package courier.message;

import courier.socketio.SocketioConstants;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Message;
import org.apache.camel.component.mongodb.MongoDbConstants;
import org.bson.Document;

/** Reads from the store what a client has missed, and the position of a message. */
public final class MissedMessages {
  private static final Document BY_OFFSET = new Document("offset", 1);

  /** Makes the query of {@code mongodb:…?operation=findAll} for what {@code socketio:} asks. */
  public void query(Message request) {
    Document offsets =
        new Document("$gte", request.getHeader(SocketioConstants.OFFSET))
            .append("$lt", request.getHeader(SocketioConstants.UNTIL));
    Document missed =
        new Document("to", request.getHeader(SocketioConstants.ROOM))
            .append("partition", request.getHeader(SocketioConstants.PARTITION))
            .append("offset", offsets);
    request.setHeader(MongoDbConstants.CRITERIA, missed);
    request.setHeader(MongoDbConstants.SORT_BY, BY_OFFSET);
    request.setHeader(MongoDbConstants.LIMIT, request.getHeader(SocketioConstants.LIMIT));
  }

  /** The stored messages as the events that clients of {@code newMessage} get. */
  public List<Message> events(Message found) {
    List<Message> events = new ArrayList<>();
    for (Object each : found.getBody(List.class)) {
      Document stored = (Document) each;
      events.add(
          StoredMessages.event(
              found.getExchange().getContext(),
              stored.getInteger("partition"),
              stored.get("offset", Number.class).longValue(),
              stored.getString("to"),
              event(stored)));
    }
    return events;
  }

  private static Map<String, Object> event(Document stored) {
    Map<String, Object> event = new LinkedHashMap<>();
    for (String member : List.of("_id", "from", "to", "message")) {
      event.put(member, stored.get(member));
    }
    event.put("createdAt", Rfc3339.format(stored.get("createdAt", Date.class).toInstant()));
    return event;
  }

  /**
   * Makes the pipeline of {@code mongodb:…?operation=aggregate}: where in each partition the
   * messages begin that were created when this one was, or later.
   */
  public List<Document> since(Document message) {
    return List.of(
        new Document(
            "$match", new Document("createdAt", new Document("$gte", message.get("createdAt")))),
        new Document(
            "$group",
            new Document("_id", "$partition").append("offset", new Document("$min", "$offset"))));
  }

  /** For each partition what comes next after a message; in its own that is known exactly. */
  public Map<Integer, Long> position(List<Document> beginnings, Document message) {
    Map<Integer, Long> position = new HashMap<>();
    for (Document beginning : beginnings) {
      position.put(beginning.getInteger("_id"), beginning.get("offset", Number.class).longValue());
    }
    position.put(
        message.getInteger("partition"), message.get("offset", Number.class).longValue() + 1);
    return position;
  }
}
