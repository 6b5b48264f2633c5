package courier.conversation;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static java.util.stream.Collectors.toSet;

import com.mongodb.client.MongoDatabase;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    Document receipt = database.getCollection(COLLECTION).find(eq(ofRecipient(message))).first();
    if (receipt == null) {
      return List.of();
    }
    return statuses(receipt, message).toList();
  }

  /** Of stored messages the ids of those that were delivered to whom they were sent, or read. */
  public static Set<String> delivered(MongoDatabase database, Collection<Document> messages) {
    List<Document> ids = messages.stream().map(Receipts::ofRecipient).distinct().toList();
    Map<Object, Document> receipts = new HashMap<>();
    database
        .getCollection(COLLECTION)
        .find(in("_id", ids))
        .forEach(receipt -> receipts.put(receipt.get("_id"), receipt));
    return messages.stream()
        .filter(each -> statuses(receipts.get(ofRecipient(each)), each).findAny().isPresent())
        .map(each -> each.getString("_id"))
        .collect(toSet());
  }

  private static Document ofRecipient(Document message) {
    return id(message.getString("to"), message.getString("from"));
  }

  private static Stream<String> statuses(Document receipt, Document message) {
    Mark place = Mark.of(message);
    return Stream.of(DELIVERED, READ)
        .filter(
            status -> {
              Mark last = Mark.in(receipt, status);
              return last != null && last.covers(place);
            });
  }
}
