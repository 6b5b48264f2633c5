package courier.message;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Reads a record of {@code client-messages}: {@code {"id","from","to","message","createdAt"}}. */
public final class ReadMessage {
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerForMapOf(Object.class);

  /**
   * Reads a batch of records: the body is then the list of its messages, each with its record's
   * headers, and the variable {@code unreadable} the list of the records that are none, each an
   * {@link UnreadableRecord}.
   */
  public void readBatch(Exchange batch) {
    List<Message> messages = new ArrayList<>();
    List<UnreadableRecord> unreadable = new ArrayList<>();
    for (Object polled : batch.getMessage().getBody(List.class)) {
      Message record = ((Exchange) polled).getMessage();
      try {
        ReceivedMessage read = read(record);
        Message message = record.copy();
        message.setBody(read);
        messages.add(message);
      } catch (PoisonException e) {
        unreadable.add(new UnreadableRecord(record, e));
      }
    }
    batch.getMessage().setBody(messages);
    batch.setVariable("unreadable", unreadable);
  }

  /**
   * Reads one record. Without an {@code id} it is the record's position; without {@code createdAt}
   * it is the record's timestamp. Members that are not known here are kept.
   *
   * @throws PoisonException when it is no such object
   */
  static ReceivedMessage read(Message record) throws PoisonException {
    Map<String, Object> members = parse(record.getBody());
    text(members, "from");
    text(members, "to");
    text(members, "message");
    members.putIfAbsent("id", Replayed.record(record));
    text(members, "id");
    storable(members);
    return new ReceivedMessage(members, createdAt(members, record), record);
  }

  private static Map<String, Object> parse(Object value) throws PoisonException {
    if (!(value instanceof byte[] bytes)) {
      throw new NotJsonException("the record has no value");
    }
    try {
      LinkedHashMap<String, Object> members = JSON.readValue(bytes);
      if (members == null) {
        throw new NotJsonException("not a JSON object: null");
      }
      return members;
    } catch (JacksonException e) {
      throw new NotJsonException("not a JSON object: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new NotJsonException("not UTF-8: " + e.getMessage());
    }
  }

  private static void text(Map<String, Object> members, String name) throws PoisonException {
    if (!(members.get(name) instanceof String text) || text.isEmpty()) {
      throw new InvalidMemberException("`" + name + "` is missing, empty or not a string");
    }
  }

  private static void storable(Map<String, Object> members) throws PoisonException {
    for (String name : members.keySet()) {
      if (name.startsWith("$")) {
        throw new InvalidMemberException(
            "`%s` cannot be stored: MongoDB takes no member that begins with $".formatted(name));
      }
    }
  }

  private static Instant createdAt(Map<String, Object> members, Message record)
      throws PoisonException {
    Object createdAt = members.get("createdAt");
    if (createdAt == null) {
      return Instant.ofEpochMilli(Replayed.timestamp(record));
    }
    try {
      return OffsetDateTime.parse((String) createdAt).toInstant();
    } catch (ClassCastException | DateTimeParseException e) {
      throw new InvalidMemberException("`createdAt` is not an RFC 3339 time: " + createdAt);
    }
  }
}
