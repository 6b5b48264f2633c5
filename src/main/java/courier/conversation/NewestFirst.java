package courier.conversation;

import java.util.Comparator;
import java.util.Date;
import java.util.List;
import org.bson.Document;

/** The order in which messages are listed; one conversation is in its sent order. */
final class NewestFirst implements Comparator<Document> {
  static final List<String> MEMBERS = List.of("createdAt", "offset", "_id");

  @Override
  public int compare(Document one, Document other) {
    return Comparator.<Document, Date>comparing(message -> message.getDate("createdAt"))
        .thenComparingLong(message -> message.get("offset", Number.class).longValue())
        .thenComparing(message -> message.getString("_id"))
        .compare(other, one);
  }

  static Document sort() {
    Document sort = new Document();
    MEMBERS.forEach(member -> sort.append(member, -1));
    return sort;
  }
}
