package courier.conversation;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.bson.Document;

/**
 * With whom a person has messages, by the last message of each conversation. Mostly the thousand
 * last messages say that. If not, to whom somebody wrote costs a step in an index for each, however
 * many the messages are: a query finds the newest one there is, and the next query the newest that
 * is not of its conversation. Who wrote to them is looked for among the last messages that came.
 */
final class Partners {
  private static final Document BY_RECIPIENT = new Document("to", -1);
  private static final Document BY_PARTITION = new Document("partition", -1).append("offset", -1);
  private static final Document BY_OFFSET = new Document("offset", -1);
  private static final Document SENDER = new Document("from", 1).append("_id", 0);

  /** Of the messages that came. Who has so many newer ones may miss a conversation in the list. */
  private static final int LOOKED_AT = 20_000;

  private static final int AT_A_TIME = 1000;

  /** Of the messages of either direction, which are looked at first. */
  private static final int RECENT = 1000;

  private static final int RECENT_AT_A_TIME = 200;
  private static final Document KEYS =
      new Document("from", 1)
          .append("to", 1)
          .append("createdAt", 1)
          .append("topicId", 1)
          .append("partition", 1)
          .append("offset", 1);
  private static final BinaryOperator<Document> NEWER = BinaryOperator.minBy(new NewestFirst());

  static {
    BY_RECIPIENT.putAll(NewestFirst.sort());
  }

  private final MongoCollection<Document> messages;
  private final String person;
  private final Deadline deadline;

  Partners(MongoCollection<Document> messages, String person, Deadline deadline) {
    this.messages = messages;
    this.person = person;
    this.deadline = deadline;
  }

  /** The last messages of as many conversations, without their text, newest first. */
  Map<String, Document> lastMessages(int limit) {
    Map<String, Document> recent = new LinkedHashMap<>();
    if (isKnownFromRecent(recent, limit)) {
      return recent;
    }
    Map<String, Document> last = new HashMap<>();
    sent(last);
    for (String partner : senders(limit)) {
      last.merge(partner, newest(partner), NEWER);
    }
    List<Map.Entry<String, Document>> newest = new ArrayList<>(last.entrySet());
    newest.sort(Map.Entry.comparingByValue(new NewestFirst()));
    Map<String, Document> first = new LinkedHashMap<>();
    newest.stream().limit(limit).forEach(each -> first.put(each.getKey(), each.getValue()));
    return first;
  }

  /** Whether the last messages are of as many conversations, or are all there are. */
  private boolean isKnownFromRecent(Map<String, Document> last, int limit) {
    List<Document> either = List.of(new Document("from", person), new Document("to", person));
    int seen = 0;
    try (MongoCursor<Document> newest =
        deadline
            .limit(messages.find(new Document("$or", either)))
            .sort(NewestFirst.sort())
            .projection(KEYS)
            .limit(RECENT)
            .batchSize(RECENT_AT_A_TIME)
            .iterator()) {
      while (last.size() < limit && newest.hasNext()) {
        Document message = newest.next();
        String from = message.getString("from");
        last.putIfAbsent(from.equals(person) ? message.getString("to") : from, message);
        seen++;
      }
    }
    return last.size() == limit || seen < RECENT;
  }

  /** The last message to each to whom this person wrote. */
  private void sent(Map<String, Document> last) {
    Document filter = new Document("from", person);
    for (Document found; (found = first(filter, BY_RECIPIENT)) != null; ) {
      last.put(found.getString("to"), found);
      filter.append("to", new Document("$lt", found.get("to")));
    }
  }

  private Document newest(String sender) {
    return first(new Document("from", sender).append("to", person), NewestFirst.sort());
  }

  /** Who wrote last to this person, of each partition so many. */
  private Set<String> senders(int limit) {
    List<Object> partitions = partitions();
    Set<String> senders = new HashSet<>();
    for (Object partition : partitions) {
      Document came = new Document("to", person).append("partition", partition);
      Set<String> here = new HashSet<>();
      try (MongoCursor<Document> newest =
          deadline
              .limit(messages.find(came))
              .sort(BY_OFFSET)
              .projection(SENDER)
              .limit(LOOKED_AT / partitions.size())
              .batchSize(AT_A_TIME)
              .iterator()) {
        while (here.size() < limit && newest.hasNext()) {
          here.add(newest.next().getString("from"));
          deadline.check();
        }
      }
      senders.addAll(here);
    }
    return senders;
  }

  /** Those in which there is anything for this person. */
  private List<Object> partitions() {
    List<Object> partitions = new ArrayList<>();
    Document filter = new Document("to", person);
    for (Document found; (found = first(filter, BY_PARTITION)) != null; ) {
      partitions.add(found.get("partition"));
      filter.append("partition", new Document("$lt", found.get("partition")));
    }
    return partitions;
  }

  private Document first(Document filter, Document sort) {
    return deadline.limit(messages.find(filter).sort(sort).projection(KEYS)).first();
  }
}
