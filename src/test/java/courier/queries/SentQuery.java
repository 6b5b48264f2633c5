package courier.queries;

import courier.infra.store.EmbeddedPlan;
import java.util.List;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

/** Of a command to MongoDB: in which collection it looks for what, in which order. */
public record SentQuery(
    String command, String collection, BsonDocument filterSent, BsonDocument sortSent) {
  private static final BsonDocument NONE = new BsonDocument();

  /**
   * @param list of documents that the driver sends behind a command of writes
   * @return none for one that looks for nothing
   */
  public static Stream<SentQuery> of(BsonDocument command, List<RawBsonDocument> list) {
    return switch (command.getFirstKey()) {
      case "find" -> Stream.of(query(command, command.getDocument("filter", NONE)));
      case "findAndModify", "count", "distinct" ->
          Stream.of(query(command, command.getDocument("query", NONE)));
      case "aggregate" -> Stream.of(query(command, match(command)));
      case "update", "delete" -> list.stream().map(each -> query(command, each.getDocument("q")));
      default -> Stream.of();
    };
  }

  private static BsonDocument match(BsonDocument aggregate) {
    return aggregate.getArray("pipeline").get(0).asDocument().getDocument("$match", NONE);
  }

  private static SentQuery query(BsonDocument command, BsonDocument filter) {
    String name = command.getFirstKey();
    String collection = command.getString(name).getValue();
    return new SentQuery(name, collection, filter, command.getDocument("sort", NONE));
  }

  Filter filter() {
    return Filter.of(filterSent);
  }

  Order sort() {
    return Order.of(sortSent);
  }

  boolean isAllInOrder() {
    return filterSent.isEmpty() && !sortSent.isEmpty();
  }

  /** Whether the embedded store looks for it in an index. */
  public boolean hasIndex(EmbeddedPlan plan) {
    return switch (command) {
      case "find" -> plan.finds(filterSent, sortSent);
      case "aggregate" -> plan.aggregates(filterSent);
      default -> plan.changes(filterSent);
    };
  }

  /** Without the values. */
  public String shape() {
    String sort = sortSent.isEmpty() ? "" : " by " + sort();
    String filter = filterSent.isEmpty() ? "all" : filter().toString();
    return collection + ": " + filter + sort;
  }
}
