package courier.conversation;

import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.bson.Document;

/**
 * Up to where somebody has a conversation: its last message that they have, and where that is. What
 * is in another partition, or of a topic that was before, is before it if it was created before.
 */
record Mark(String id, String topicId, int partition, long offset, Date createdAt) {
  private static final long DAY = 24L * 60 * 60 * 1000;

  static Mark of(Document message) {
    return read(message, "_id");
  }

  /**
   * What a receipt says.
   *
   * @param receipt of a person in a conversation, or null
   * @return null when it says nothing of this status
   */
  static Mark in(Document receipt, String status) {
    Document mark = receipt == null ? null : receipt.get(status, Document.class);
    return mark == null ? null : read(mark, "id");
  }

  private static Mark read(Document from, String id) {
    return new Mark(
        from.getString(id),
        from.getString("topicId"),
        from.getInteger("partition"),
        from.get("offset", Number.class).longValue(),
        from.getDate("createdAt"));
  }

  Document document() {
    return new Document("id", id)
        .append("topicId", topicId)
        .append("partition", partition)
        .append("offset", offset)
        .append("createdAt", createdAt);
  }

  /** Whether who has this one has that one. */
  boolean covers(Mark other) {
    return partition == other.partition && Objects.equals(topicId, other.topicId)
        ? offset >= other.offset
        : !createdAt.before(other.createdAt);
  }

  /** A filter of receipts: those that say nothing of this status, or name an earlier message. */
  Document isAfter(String status) {
    return new Document(
        "$or",
        List.of(
            new Document(status, null),
            there(status + ".").append(status + ".offset", new Document("$lt", offset)),
            elsewhere(status + ".").append(status + ".createdAt", new Document("$lt", createdAt))));
  }

  /**
   * A filter of messages: those that come after this one. What says to be created days before it is
   * not among them, so that the whole conversation need not be looked at.
   */
  Document later() {
    Document recent = new Document("$gt", new Date(createdAt.getTime() - DAY));
    return new Document("createdAt", recent)
        .append(
            "$or",
            List.of(
                there("").append("offset", new Document("$gt", offset)),
                elsewhere("").append("createdAt", new Document("$gt", createdAt))));
  }

  private Document there(String in) {
    return new Document(in + "topicId", topicId).append(in + "partition", partition);
  }

  private Document elsewhere(String in) {
    return new Document(
        "$or",
        List.of(
            new Document(in + "topicId", new Document("$ne", topicId)),
            new Document(in + "partition", new Document("$ne", partition))));
  }
}
