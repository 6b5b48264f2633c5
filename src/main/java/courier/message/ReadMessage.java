package courier.message;

import com.fasterxml.jackson.core.JacksonException;
import courier.failure.PoisonException;
import courier.message.refused.InvalidMemberException;
import courier.message.refused.NotJsonException;
import courier.message.refused.RefusedRecord;
import courier.message.refused.Shown;
import courier.message.refused.StorableMembers;
import courier.metrics.LoggedUnitOfWork;
import courier.mongodb.JsonAsSent;
import courier.mongodb.Rfc3339;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Reads a record of {@code client-messages}: {@code {"id","from","to","message","createdAt"}}. */
public final class ReadMessage {
  /**
   * Reads a batch of records: the body is then the list of its messages, each with its record's
   * headers, and the variable {@code refused} the list of the records that are none, each a {@link
   * RefusedRecord}.
   */
  public void readBatch(Exchange batch) {
    List<Message> messages = new ArrayList<>();
    List<RefusedRecord> refused = new ArrayList<>();
    for (Object polled : batch.getMessage().getBody(List.class)) {
      Message record = ((Exchange) polled).getMessage();
      try {
        ReceivedMessage read = read(record);
        Message message = record.copy();
        message.setBody(read);
        messages.add(message);
      } catch (PoisonException e) {
        refused.add(new RefusedRecord(record, e, "read-messages"));
      }
    }
    batch.getMessage().setBody(messages);
    batch.setVariable(RefusedRecord.VARIABLE, refused);
    if (messages.size() == 1 && refused.isEmpty()) {
      LoggedUnitOfWork.about(messages.get(0).getBody(ReceivedMessage.class).id());
    }
    batch.setVariable(Tally.DUPLICATES, new AtomicInteger());
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
    StorableMembers.check(members);
    return new ReceivedMessage(members, createdAt(members, record), record);
  }

  private static Map<String, Object> parse(Object value) throws PoisonException {
    if (!(value instanceof byte[] bytes)) {
      throw new NotJsonException("the record has no value");
    }
    ReceivedMessage.checkSize(bytes.length);
    try {
      Map<String, Object> members = JsonAsSent.read(bytes);
      if (members == null) {
        throw new NotJsonException("not a JSON object: null");
      }
      return members;
    } catch (JacksonException e) {
      throw new NotJsonException("not a JSON object: " + Shown.of(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new NotJsonException("not UTF-8: " + Shown.of(e.getMessage()));
    }
  }

  private static void text(Map<String, Object> members, String name) throws PoisonException {
    if (!(members.get(name) instanceof String text) || text.isEmpty()) {
      throw new InvalidMemberException("`" + name + "` is missing, empty or not a string");
    }
  }

  private static Instant createdAt(Map<String, Object> members, Message record)
      throws PoisonException {
    Object createdAt = members.get("createdAt");
    if (createdAt == null) {
      long timestamp = Replayed.timestamp(record);
      return inRange(Instant.ofEpochMilli(timestamp), "the record's timestamp", timestamp);
    }
    if (createdAt instanceof String text) {
      try {
        return inRange(OffsetDateTime.parse(text).toInstant(), "`createdAt`", text);
      } catch (DateTimeException e) {
        // said below
      }
    }
    throw new InvalidMemberException("`createdAt` is not an RFC 3339 time: " + Shown.of(createdAt));
  }

  private static Instant inRange(Instant time, String what, Object said) throws PoisonException {
    if (!Rfc3339.hasYearOfFourDigits(time)) {
      throw new InvalidMemberException(
          what + " is not of the years 0000 to 9999, as RFC 3339 says: " + Shown.of(said));
    }
    return time;
  }
}
