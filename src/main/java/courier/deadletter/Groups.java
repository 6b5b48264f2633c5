package courier.deadletter;

import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import courier.deadletter.record.Masked;
import courier.http.body.JsonBody;
import courier.mongodb.StoredJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Message;
import org.bson.Document;

/** Dead letters by fingerprint: those that failed in the same step for the same reason. */
public final class Groups {
  private static final List<String> ALIKE =
      List.of("reason", "exception", "route", "step", "message");

  private static final List<String> SAID = List.of("tags", "notes", "held");

  /** Of groups and states; those that failed last are listed. */
  private static final int MOST = 2000;

  private final MongoCollection<Document> letters;
  private final MongoCollection<Document> noted;

  public Groups(MongoClient mongo, String database) {
    letters = mongo.getDatabase(database).getCollection("dead-letters");
    noted = mongo.getDatabase(database).getCollection("dead-letter-groups");
  }

  /**
   * {@code [{"group","reason","exception","route","step","message","count","states":{"failed":2},
   * "firstSeen","lastSeen"}]} of what the request selects, the last seen first; with {@code tags},
   * {@code notes} and {@code held} where people have said something of a group.
   */
  public void list(Message request) {
    Document selection = LetterSelection.visible(request);
    request.removeHeaders("*");
    Map<String, Document> groups = new LinkedHashMap<>();
    for (Document part : letters.aggregate(pipeline(selection)).allowDiskUse(true)) {
      Document key = part.get("_id", Document.class);
      groups.merge(key.getString("group"), group(key, part), Groups::merge);
    }
    for (Document said : noted.find(in("_id", groups.keySet())).projection(include(SAID))) {
      Document group = groups.get(said.remove("_id"));
      group.putAll(said);
    }
    Stream<Document> sorted =
        groups.values().stream()
            .sorted((a, b) -> b.getDate("lastSeen").compareTo(a.getDate("lastSeen")));
    if (Masked.is(request.getExchange())) {
      groups.values().forEach(Masked::letter);
    }
    JsonBody.write(request, StoredJson.of(sorted.toList()));
  }

  private static List<Document> pipeline(Document selection) {
    Document group = new Document("_id", new Document("group", "$group").append("state", "$state"));
    ALIKE.forEach(member -> group.append(member, new Document("$first", "$" + member)));
    group
        .append("count", new Document("$sum", 1))
        .append("firstSeen", new Document("$min", "$firstFailedAt"))
        .append("lastSeen", new Document("$max", "$failedAt"));
    return List.of(
        new Document("$match", selection),
        new Document("$group", group),
        new Document("$sort", new Document("lastSeen", -1)),
        new Document("$limit", MOST));
  }

  private static Document group(Document key, Document part) {
    Document group = new Document("group", key.get("group"));
    ALIKE.forEach(member -> group.append(member, part.get(member)));
    return group
        .append("count", part.get("count"))
        .append("states", new Document(key.getString("state"), part.get("count")))
        .append("firstSeen", part.get("firstSeen"))
        .append("lastSeen", part.get("lastSeen"));
  }

  private static Document merge(Document group, Document other) {
    group.get("states", Document.class).putAll(other.get("states", Document.class));
    group.put("count", count(group) + count(other));
    if (other.getDate("firstSeen").before(group.getDate("firstSeen"))) {
      group.put("firstSeen", other.get("firstSeen"));
    }
    if (other.getDate("lastSeen").after(group.getDate("lastSeen"))) {
      group.put("lastSeen", other.get("lastSeen"));
      group.put("message", other.get("message"));
    }
    return group;
  }

  private static long count(Document group) {
    return ((Number) group.get("count")).longValue();
  }
}
