package courier.conversation;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoDatabase;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;

/**
 * The collection {@code receipts}: for each person and conversation one document, {@code
 * {_id:{person,partner}, delivered, read}}, of up to where that person has what the partner sent.
 */
public final class Receipts {
  static final String COLLECTION = "receipts";
  static final String DELIVERED = "delivered";
  static final String READ = "read";

  private Receipts() {}

  /** The order of its members matters. */
  static Document id(String person, String partner) {
    return new Document("person", person).append("partner", partner);
  }

  /** What a stored message is to whom it was sent: nothing, delivered, read or both. */
  public static List<String> of(MongoDatabase database, Document message) {
    Document receipt =
        database
            .getCollection(COLLECTION)
            .find(eq(id(message.getString("to"), message.getString("from"))))
            .first();
    if (receipt == null) {
      return List.of();
    }
    Mark place = Mark.of(message);
    return Stream.of(DELIVERED, READ)
        .filter(
            status -> {
              Mark last = Mark.in(receipt, status);
              return last != null && last.covers(place);
            })
        .toList();
  }
}
