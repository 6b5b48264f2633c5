package courier.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import courier.http.Problem;
import courier.http.Refusal;
import courier.metrics.Figure;
import courier.metrics.Figures;
import courier.metrics.LoggedUnitOfWork;
import courier.mongodb.JsonAsSent;
import courier.mongodb.OtherMembers;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.apache.camel.component.kafka.KafkaConstants;

/**
 * What client A makes of a message that was sent to it: the record for Kafka, and the receipt for
 * the sender.
 */
public final class NewMessage {
  // An emoji as its four bytes, not as two escapes of twelve.
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8).build();
  private static final Set<String> MESSAGE = Set.of("id", "from", "to", "message", "createdAt");
  // Always three digits, where ISO_INSTANT leaves out zeros.
  private static final DateTimeFormatter MILLISECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  /**
   * Takes the checked JSON object in the body and leaves the record: its value {@code
   * {"id","from","to","message","createdAt", and what else was sent}} in UTF-8 as the body, its key
   * in Kafka's key header, the id in the variable {@code id}.
   *
   * @param body as it came: what else was sent stays as it is there, each number digit for digit
   * @param key the Idempotency-Key header, if there is one
   * @throws courier.http.Refusal 400, when the Idempotency-Key header cannot be the id, or a member
   *     has a name that client B uses
   */
  public void make(
      Exchange exchange, @Variable("sent") byte[] body, @Variable("idempotency-key") Object key)
      throws IOException {
    Message message = exchange.getMessage();
    ObjectNode sent = message.getBody(ObjectNode.class);
    String given = IdempotencyKey.idOf(sent, key);
    String id = given != null ? given : UuidCreator.getTimeOrderedEpoch().toString();

    ObjectNode made = JsonNodeFactory.instance.objectNode();
    made.put("id", id);
    made.set("from", sent.get("from"));
    made.set("to", sent.get("to"));
    made.set("message", sent.get("message"));
    made.put("createdAt", MILLISECONDS.format(Instant.now()));
    if (!MESSAGE.containsAll(fields(sent))) {
      others(body).forEach(made::putPOJO);
    }

    exchange.setVariable("id", id);
    LoggedUnitOfWork.about(id);
    message.setHeader(KafkaConstants.KEY, conversation(sent));
    message.setBody(JSON.writeValueAsBytes(made));
  }

  private static List<String> fields(ObjectNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  /** What else was sent. */
  private static Map<String, Object> others(byte[] body) throws IOException {
    Map<String, Object> others = JsonAsSent.read(body);
    others.keySet().removeAll(MESSAGE);
    List<Problem.FieldError> taken =
        others.keySet().stream()
            .filter(OtherMembers.TAKEN::contains)
            .map(name -> new Problem.FieldError(name, "is a name of Courier's own: choose another"))
            .toList();
    if (!taken.isEmpty()) {
      throw new Refusal(taken);
    }
    return others;
  }

  /**
   * Counts it, as Kafka has it for good, and makes {@code {"success":true,"message":"successfully
   * sent","id"}} for the sender to keep.
   */
  public byte[] receipt(Exchange exchange, @Variable("id") String id)
      throws JsonProcessingException {
    Figures.of(exchange.getContext()).count(Figure.ACCEPTED, 1, "route", exchange.getFromRouteId());
    ObjectNode receipt = JsonNodeFactory.instance.objectNode();
    receipt.put("success", true).put("message", "successfully sent").put("id", id);
    return JSON.writeValueAsBytes(receipt);
  }

  /** Both names in sorted order as a JSON array: either direction is one key, so in one order. */
  private static String conversation(ObjectNode sent) throws JsonProcessingException {
    String from = sent.get("from").textValue();
    String to = sent.get("to").textValue();
    ArrayNode names = JsonNodeFactory.instance.arrayNode();
    boolean sorted = from.compareTo(to) <= 0;
    names.add(sorted ? from : to).add(sorted ? to : from);
    return JSON.writeValueAsString(names);
  }
}
