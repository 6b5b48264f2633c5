package courier.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import courier.http.JsonBody;
import courier.http.JsonSchema;
import courier.http.Refusal;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.apache.camel.component.mongodb.MongoDbConstants;
import org.bson.Document;

/**
 * A replay of many dead letters, as a person starts, watches and stops it. Its documents are {@code
 * {_id, state, by, startedAt, rate, total, selection, detail}}.
 */
public final class BulkReplay {
  static final String RUNNING = "running";
  static final String DONE = "done";
  static final String STOPPED = "stopped";
  private static final int RATE = 100;

  private final JsonSchema schema;

  /**
   * @param schema the file of the JSON schema of a request's body
   */
  public BulkReplay(String schema) {
    this.schema = new JsonSchema(schema);
  }

  /** The document of a new one; the variable {@code selection} is what it replays. */
  public Document start(Exchange exchange) {
    Message request = exchange.getMessage();
    ObjectNode sent = JsonBody.read(request, schema);
    request.removeHeaders("*");
    Document selection = Selection.of(name -> sent.path(name).textValue());
    if (sent.has("ids")) {
      List<String> ids = new ArrayList<>();
      sent.get("ids").forEach(id -> ids.add(id.textValue()));
      selection.append("_id", new Document("$in", ids));
    }
    if (selection.isEmpty()) {
      throw new Refusal(
          400,
          "Say which ones to replay: send `ids`, `group`, `reason`, `sender`, `since` or `until`.");
    }
    selection.append("state", State.FAILED);
    // What is too large to be kept here cannot be sent from here.
    selection.append("valueOmitted", null);
    exchange.setVariable("selection", selection);
    JsonNode asked = sent.deepCopy();
    ((ObjectNode) asked).remove(List.of("by", "rate"));
    Document replay =
        new Document("_id", UuidCreator.getTimeOrderedEpoch().toString())
            .append("state", RUNNING)
            .append("by", sent.path("by").asText(DeskRequest.UNKNOWN))
            .append("startedAt", new Date())
            .append("rate", sent.path("rate").asInt(RATE))
            .append("selection", Document.parse(asked.toString()))
            .append("lease", new Date(0));
    exchange.setVariable("replay", replay);
    return replay;
  }

  /** The update that queues what is selected. */
  public List<Document> queue(
      Message message,
      @Variable("replay") Document replay,
      @Variable("selection") Document selection) {
    message.setHeader(MongoDbConstants.MULTIUPDATE, true);
    String by = replay.getString("by");
    Document set =
        new Document("state", State.QUEUED)
            .append("replay", replay.get("_id"))
            .append("replayBy", by);
    return List.of(
        selection,
        new Document("$set", set)
            .append("$unset", new Document("edited", ""))
            .append("$push", History.push(History.entry("queued", by))));
  }

  /** The update that says how many were queued. */
  public List<Document> total(Message queued, @Variable("replay") Document replay) {
    replay.append("total", queued.getHeader(MongoDbConstants.RECORDS_MATCHED, Long.class));
    queued.removeHeaders("*");
    return List.of(
        new Document("_id", replay.get("_id")),
        new Document("$set", new Document("total", replay.get("total"))));
  }

  /**
   * @throws Refusal 404 when nothing was queued
   */
  public void requireSome(Message answer, @Variable("replay") Document replay) {
    if (replay.getLong("total") == 0) {
      throw new Refusal(404, "None of the open dead letters is selected.");
    }
    answer.setHeader(Exchange.HTTP_RESPONSE_CODE, 202);
    answer.setHeader("Location", "/dead-letter-replays/" + replay.get("_id"));
  }

  /**
   * @throws Refusal 404, or 409 when it does not run any more
   */
  public void requireRunning(@Variable("replay") Document replay) {
    requireThere(replay);
    if (!RUNNING.equals(replay.getString("state"))) {
      throw new Refusal(409, "It does not run any more: it is %s.".formatted(replay.get("state")));
    }
  }

  static void requireThere(Document replay) {
    if (replay == null) {
      throw new Refusal(404, "There is no replay with this id.");
    }
  }

  /** The update that opens again what still waits. */
  public List<Document> giveBack(
      Message message, @Variable("replay") Document replay, @Variable("detail") String detail) {
    message.removeHeaders("*");
    message.setHeader(MongoDbConstants.MULTIUPDATE, true);
    return List.of(
        new Document("replay", replay.get("_id")).append("state", State.QUEUED),
        new Document("$set", new Document("state", State.FAILED))
            .append("$unset", new Document("replay", ""))
            .append(
                "$push",
                History.push(
                    History.entry("not replayed", History.COURIER).append("detail", detail))));
  }

  /** The update that ends it, unless it has ended. */
  public List<Document> end(
      Message message, @Variable("replay") Document replay, @Variable("detail") String detail) {
    message.removeHeaders("*");
    Document end = new Document("state", detail == null ? DONE : STOPPED).append("detail", detail);
    replay.putAll(end);
    return List.of(
        new Document("_id", replay.get("_id")).append("state", RUNNING), new Document("$set", end));
  }
}
