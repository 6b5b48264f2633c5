package courier.deadletter.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import courier.deadletter.DeskRequest;
import courier.deadletter.LetterSelection;
import courier.deadletter.ReplayTargets;
import courier.deadletter.record.LetterContents;
import courier.http.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;

/**
 * Which dead letters a person wants to have replayed.
 *
 * @param selection {@code {ids, group, reason, sender, tag, since, until}} as it was asked for
 * @param rate how many in a second
 */
public record BulkRequest(String by, int rate, Document selection, Steps steps) {
  private static final int RATE = 100;
  private static final double MAX_FAILED_SHARE = 0.1;

  /** All at once. */
  public BulkRequest(String by, int rate, Document selection) {
    this(by, rate, selection, Steps.NONE);
  }

  /**
   * @param signedIn who asks if that is known, else the request says it
   * @throws Refusal 400
   */
  static BulkRequest of(ObjectNode sent, String signedIn) {
    JsonNode asked = sent.deepCopy();
    ((ObjectNode) asked).remove(List.of("by", "rate", "steps", "maxFailedShare"));
    BulkRequest request =
        new BulkRequest(
            signedIn != null ? signedIn : sent.path("by").asText(DeskRequest.UNKNOWN),
            sent.path("rate").asInt(RATE),
            Document.parse(asked.toString()),
            steps(sent));
    if (request.selected().isEmpty()) {
      throw new Refusal(
          400,
          "Say which ones to replay: send `ids`, `group`, `reason`, `sender`, `tag`, `since` or `until`.");
    }
    return request;
  }

  private static Steps steps(ObjectNode sent) {
    List<Integer> sizes = new ArrayList<>();
    sent.path("steps").forEach(size -> sizes.add(size.intValue()));
    if (sizes.isEmpty() && sent.has("maxFailedShare")) {
      throw new Refusal("maxFailedShare", "is of steps: send `steps` too");
    }
    return new Steps(sizes, sent.path("maxFailedShare").asDouble(MAX_FAILED_SHARE));
  }

  /** The filter for all that is selected. */
  Document selected() {
    return selected(selection);
  }

  private static Document selected(Document selection) {
    Document filter = LetterSelection.of(selection::getString);
    List<String> ids = selection.getList("ids", String.class);
    return ids == null ? filter : filter.append("_id", new Document("$in", ids));
  }

  /** The filter for what is selected and can be sent from here. */
  static Document filter(Document selection, ReplayTargets targets) {
    Document filter =
        selected(selection).append("originalTopic", new Document("$in", targets.topics()));
    // What is too large to be kept here cannot be sent from here.
    LetterContents.PARTS.forEach(part -> filter.append(part + LetterContents.OMITTED, null));
    return filter;
  }
}
