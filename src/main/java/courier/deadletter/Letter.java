package courier.deadletter;

import courier.deadletter.record.LetterContents;
import courier.http.Refusal;
import courier.kafka.Place;
import courier.mongodb.Rfc3339;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.types.Binary;

/**
 * A dead letter as it is in the index.
 *
 * @param document {@code {_id, state, replays, claim, claimedAt, begunAt, replay, replayBy,
 *     replayTo, edited, originalTopic, value, headers, history, tags, notes, held, …}}
 */
public record Letter(Document document) {
  /** What is for nobody to see: by a claim the index knows what came of a replay. */
  static final List<String> SECRET = List.of("claim", "claims", "runner");

  public String id() {
    return document.getString("_id");
  }

  public State state() {
    return State.named(document.getString("state"));
  }

  public int replays() {
    return document.getInteger("replays", 0);
  }

  public String claim() {
    return document.getString("claim");
  }

  /** Who replays it. */
  public String by() {
    return document.getString("replayBy");
  }

  /** The bulk replay it is part of, or null. */
  public String replay() {
    return document.getString("replay");
  }

  /** When its replay began, whoever has taken it up since. */
  Instant begunAt() {
    Date begun = document.getDate("begunAt");
    return begun == null ? Instant.EPOCH : begun.toInstant();
  }

  /** The topic it is from; null when nobody knows. */
  public String origin() {
    return document.getString("originalTopic");
  }

  /** The topic it is replayed to. */
  String target() {
    String named = document.getString("replayTo");
    return named == null ? origin() : named;
  }

  /** The partition to replay it to; null when its key says. */
  Integer targetPartition() {
    return document.get("replayTo") == null ? document.getInteger("originalPartition") : null;
  }

  /** Which record it was at first; where it lies when nobody knows. */
  Place place() {
    Integer partition = document.getInteger("originalPartition");
    Long offset = document.getLong("originalOffset");
    return origin() == null || partition == null || offset == null
        ? kept()
        : new Place(origin(), partition, offset);
  }

  /** Where it lies. */
  Place kept() {
    return new Place(
        document.getString("topic"), document.getInteger("partition"), document.getLong("offset"));
  }

  /**
   * @throws Refusal 409 when it is too large to be sent from here
   */
  public void requireValue() {
    for (String part : LetterContents.PARTS) {
      if (document.get(part + LetterContents.OMITTED) != null) {
        throw new Refusal(
            409,
            "Its %s is too large to be kept here: send the record %s again."
                .formatted(part, place()));
      }
    }
  }

  /** Who holds it back, or null. */
  public Hold hold() {
    return Hold.of(document);
  }

  /** What is sent: the edited value, or the original one. */
  byte[] value() {
    return bytes(document.containsKey("edited") ? "edited" : "value");
  }

  byte[] bytes(String member) {
    Binary binary = document.get(member, Binary.class);
    return binary == null ? null : binary.getData();
  }

  /** What to do first, and what was done to it last. */
  Refusal refusal() {
    Document last = state() == State.REPLAYING ? begun() : last();
    return new Refusal(
        409,
        "%s (%s by %s at %s)"
            .formatted(
                state().advice(),
                last.get("action"),
                last.get("by"),
                Rfc3339.format(last.getDate("at").toInstant())));
  }

  /** A replay of which nothing is known yet but that. */
  private Document begun() {
    return new Document("action", "begun")
        .append("by", document.get("replayBy"))
        .append("at", document.get("begunAt"));
  }

  /** What was done to it last: {@code {at, action, by}}. */
  public Document last() {
    List<Document> history = document.getList(LetterHistory.FIELD, Document.class);
    return history.get(history.size() - 1);
  }

  /** What a change is decided on: it takes place only while this is so. */
  public Document unchanged() {
    Document unchanged = new Document("_id", id());
    List.of("state", "replays", "claim", "claimedAt")
        .forEach(member -> unchanged.append(member, document.get(member)));
    return unchanged.append(Hold.SINCE, hold() == null ? null : hold().since());
  }
}
