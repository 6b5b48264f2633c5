package courier.mongodb;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;

/** Which of the rights that storing and the dead-letter desk need MongoDB's roles do not give. */
public final class MongoRights {
  private static final Map<String, List<String>> NEEDED = new LinkedHashMap<>();

  static {
    NEEDED.put("messages", List.of("find", "insert", "listIndexes"));
    NEEDED.put("receipts", List.of("find", "insert", "update", "listIndexes"));
    NEEDED.put("dead-letters", List.of("find", "insert", "update", "listIndexes"));
    NEEDED.put("dead-letter-groups", List.of("find", "insert", "update", "listIndexes"));
    NEEDED.put("erasures", List.of("find", "insert", "update", "listIndexes"));
    NEEDED.put("dead-letter-replays", List.of("find", "insert", "update", "remove", "listIndexes"));
  }

  private MongoRights() {}

  /**
   * Each as its action and on what, such as {@code insert on courier.messages}. A server that asks
   * nobody who they are, or does not tell what it allows, is taken to allow it.
   */
  public static List<String> missing(MongoClient client, String database) {
    List<Document> privileges = privileges(client);
    List<String> missing = new ArrayList<>();
    if (!privileges.isEmpty()) {
      NEEDED.forEach(
          (collection, actions) ->
              actions.stream()
                  .filter(action -> !isGiven(privileges, action, database, collection))
                  .map(action -> "%s on %s.%s".formatted(action, database, collection))
                  .forEach(missing::add));
    }
    return missing;
  }

  private static List<Document> privileges(MongoClient client) {
    try {
      Document info =
          client
              .getDatabase("admin")
              .runCommand(new Document("connectionStatus", 1).append("showPrivileges", true))
              .get("authInfo", new Document());
      return info.getList("authenticatedUserPrivileges", Document.class, List.of());
    } catch (MongoCommandException | ClassCastException e) {
      return List.of();
    }
  }

  private static boolean isGiven(
      List<Document> privileges, String action, String database, String collection) {
    return privileges.stream()
        .filter(privilege -> isOn(privilege.get("resource", new Document()), database, collection))
        .map(privilege -> privilege.getList("actions", String.class, List.of()))
        .anyMatch(actions -> actions.contains(action) || actions.contains("anyAction"));
  }

  /** An empty name is any. */
  private static boolean isOn(Document resource, String database, String collection) {
    return resource.getBoolean("anyResource", false)
        || List.of("", database).contains(String.valueOf(resource.get("db")))
            && List.of("", collection).contains(String.valueOf(resource.get("collection")));
  }
}
