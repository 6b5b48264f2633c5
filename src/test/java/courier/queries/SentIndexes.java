package courier.queries;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

/**
 * The indexes that were made, and which of them MongoDB can use for a query: equal members first,
 * then those of the sort, then a range; a sort is never made in memory.
 */
public final class SentIndexes {
  private static final BsonDocument ID = new BsonDocument("_id", new BsonInt32(1));

  /** Equal members that are better than any number. */
  private static final int UNIQUE = 100;

  private final Map<String, List<BsonDocument>> keys = new ConcurrentHashMap<>();

  /**
   * @param equal how many of its first members the query gives
   * @param isRange whether it bounds the next one
   */
  private record Use(String index, int equal, boolean isRange) {
    boolean isBounded() {
      return equal > 0 || isRange;
    }
  }

  public void note(BsonDocument command) {
    if (command.getFirstKey().equals("createIndexes")) {
      List<BsonDocument> of = keys(command.getString("createIndexes").getValue());
      command.getArray("indexes").forEach(one -> of.add(one.asDocument().getDocument("key")));
    }
  }

  public List<BsonDocument> keys(String collection) {
    return keys.computeIfAbsent(collection, name -> new ArrayList<>(List.of(ID)));
  }

  /** The index that leads to what is asked for, or one for each alternative; or none. */
  public Optional<String> of(SentQuery query) {
    Optional<Use> plain = best(query, query.filter());
    Optional<Use> merged =
        query.filter().alternatives().stream()
            .map(alternatives -> merged(query, alternatives))
            .flatMap(Optional::stream)
            .filter(use -> use.equal > plain.map(Use::equal).orElse(0))
            .findFirst();
    return merged
        .or(() -> plain)
        .filter(use -> use.isBounded() || query.isAllInOrder())
        .map(Use::index);
  }

  private Optional<Use> merged(SentQuery query, List<Filter> alternatives) {
    List<Use> uses =
        alternatives.stream()
            .map(one -> best(query, query.filter().and(one)))
            .flatMap(Optional::stream)
            .filter(Use::isBounded)
            .toList();
    if (uses.size() < alternatives.size()) {
      return Optional.empty();
    }
    String indexes = uses.stream().map(Use::index).distinct().collect(Collectors.joining(" and "));
    return uses.stream()
        .min(Comparator.comparing(Use::equal))
        .map(least -> new Use(indexes, least.equal, least.isRange));
  }

  private Optional<Use> best(SentQuery query, Filter filter) {
    return keys(query.collection()).stream()
        .map(Order::of)
        .flatMap(index -> use(index, filter, query.sort()))
        .max(Comparator.comparing(Use::equal).thenComparing(Use::isRange));
  }

  private static Stream<Use> use(Order index, Filter filter, Order sort) {
    List<String> members = List.copyOf(index.members().keySet());
    int equal = 0;
    while (equal < members.size() && filter.isEqual(members.get(equal))) {
      equal++;
    }
    if (filter.isEqual("_id") && members.equals(List.of("_id"))) {
      return Stream.of(new Use(index.toString(), UNIQUE, false)); // few enough to be sorted
    }
    boolean isRange = equal < members.size() && filter.isRange(members.get(equal));
    return isInOrder(index, members, equal, sort)
        ? Stream.of(new Use(index.toString(), equal, isRange))
        : Stream.of();
  }

  private static boolean isInOrder(Order index, List<String> members, int equal, Order sort) {
    int next = equal;
    Boolean forwards = null;
    for (Map.Entry<String, Boolean> by : sort.members().entrySet()) {
      if (members.subList(0, equal).contains(by.getKey())) {
        continue; // the same in all
      }
      if (next == members.size() || !members.get(next).equals(by.getKey())) {
        return false;
      }
      boolean same = index.members().get(members.get(next++)).equals(by.getValue());
      if (forwards != null && forwards != same) {
        return false;
      }
      forwards = same;
    }
    return true;
  }
}
