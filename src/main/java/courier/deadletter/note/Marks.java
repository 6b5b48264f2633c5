package courier.deadletter.note;

import courier.deadletter.Hold;
import courier.deadletter.LetterHistory;
import courier.http.Refusal;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bson.Document;

/**
 * What is said of a dead letter, or of a group: {@code {tags, notes: [{at, by, text}], held: {at,
 * by, why}}}, and how that changes.
 */
record Marks(Document document) {
  private static final String TAGS = "tags";
  private static final String NOTES = "notes";
  private static final int MOST_TAGS = 20;
  private static final int MOST_NOTES = 50;

  /** Characters of a note in the history, which has all of it nowhere. */
  private static final int LONGEST_DETAIL = 200;

  List<String> tags() {
    return document.getList(TAGS, String.class, List.of());
  }

  /** As a filter: what it is, of what a change is decided on. */
  Document unchanged() {
    return new Document(TAGS, document.get(TAGS)).append(Hold.FIELD, document.get(Hold.FIELD));
  }

  /**
   * @throws Refusal 409 when it is on hold by itself already
   */
  Document hold(NoteRequest request) {
    Hold before = Hold.of(document);
    if (before != null && !before.isOfGroup()) {
      throw new Refusal(409, before.advice());
    }
    Document held = new Document("at", new Date()).append("by", request.by());
    if (request.text() != null) {
      held.append("why", request.text());
    }
    return update("held", request, request.text()).append("$set", new Document(Hold.FIELD, held));
  }

  /**
   * @throws Refusal 409 when it is not
   */
  Document release(NoteRequest request) {
    if (Hold.of(document) == null) {
      throw new Refusal(409, "It is not on hold.");
    }
    return update("released", request, request.text())
        .append("$unset", new Document(Hold.FIELD, ""));
  }

  /**
   * @throws Refusal 409 when there would be too many
   */
  Document tag(NoteRequest request) {
    Set<String> tags = new LinkedHashSet<>(tags());
    tags.addAll(request.add());
    request.remove().forEach(tags::remove);
    if (tags.size() > MOST_TAGS && tags.size() > tags().size()) {
      throw new Refusal(
          409,
          "It may have %d tags, and would have %d: take some away."
              .formatted(MOST_TAGS, tags.size()));
    }
    StringBuilder detail = new StringBuilder();
    request.add().forEach(tag -> detail.append(" +").append(tag));
    request.remove().forEach(tag -> detail.append(" −").append(tag));
    return update("tagged", request, detail.toString().strip())
        .append("$set", new Document(TAGS, List.copyOf(tags)));
  }

  /**
   * @throws Refusal 409 when there are too many
   */
  Document note(NoteRequest request) {
    if (document.getList(NOTES, Document.class, List.of()).size() >= MOST_NOTES) {
      throw new Refusal(409, "It has %d notes, which is all there may be.".formatted(MOST_NOTES));
    }
    String text = request.text();
    Document note = new Document("at", new Date()).append("by", request.by()).append("text", text);
    Document update = update("noted", request, cut(text));
    // Of two at once that are the last, none is one too many.
    Document last = new Document("$each", List.of(note)).append("$slice", -MOST_NOTES);
    update.get("$push", Document.class).append(NOTES, last);
    return update;
  }

  private static String cut(String text) {
    int end =
        text.offsetByCodePoints(0, Math.min(LONGEST_DETAIL, text.codePointCount(0, text.length())));
    return end == text.length() ? text : text.substring(0, end) + "…";
  }

  private static Document update(String action, NoteRequest request, String detail) {
    Document entry = LetterHistory.entry(action, request.by());
    if (detail != null) {
      entry.append("detail", detail);
    }
    return new Document("$push", LetterHistory.push(entry));
  }

  /** {@code {id, tags, notes, held}}, as people see it. */
  Document shown() {
    return new Document("id", document.get("_id"))
        .append(TAGS, tags())
        .append(NOTES, document.getList(NOTES, Document.class, List.of()))
        .append(Hold.FIELD, document.get(Hold.FIELD));
  }
}
