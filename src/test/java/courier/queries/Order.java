package courier.queries;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bson.BsonDocument;

/**
 * Members by which documents are ordered, each ascending or not: a sort, or the keys of an index.
 */
record Order(Map<String, Boolean> members) {
  static Order of(BsonDocument document) {
    Map<String, Boolean> members = new LinkedHashMap<>();
    document.forEach((name, value) -> members.put(name, value.asNumber().intValue() > 0));
    return new Order(members);
  }

  /** Such as {@code from, -createdAt}. */
  @Override
  public String toString() {
    return members.entrySet().stream()
        .map(each -> (each.getValue() ? "" : "-") + each.getKey())
        .collect(joining(", "));
  }
}
