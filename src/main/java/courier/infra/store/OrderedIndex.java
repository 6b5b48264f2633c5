package courier.infra.store;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.EmptyIndex;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.h2.mvstore.MVMap;

/**
 * An index that is not unique. It answers a query for equal values of its first fields, a range of
 * the next one, and a sort by those that follow, forwards or backwards, as MongoDB's do.
 */
final class OrderedIndex extends EmptyIndex<Object> {
  private static final int CANNOT_BUILD_INDEX_KEYS = 201;
  private static final Document NONE = new Document();

  private final List<String> fields;

  /** The fields' values and the document's _id; the value says nothing. */
  private final MVMap<KeyValue, Long> entries;

  OrderedIndex(String name, List<IndexKey> keys, MVMap<KeyValue, Long> entries) {
    super(name, keys);
    this.fields = keys();
    this.entries = entries;
  }

  /** What to read for this query, or null when this index does not help it. */
  KeyRange range(Document filter, Document sort) {
    var equal = equal(filter);
    boolean all = equal.size() == fields.size();
    var bounds = !all && filter.get(fields.get(equal.size())) instanceof Document d ? d : NONE;
    boolean ascending = all || getKeys().get(equal.size()).isAscending();
    var from = bound(equal, bounds, ascending ? "$gt" : "$lt", false);
    var to = bound(equal, bounds, ascending ? "$lt" : "$gt", true);
    boolean unbounded = from.isEmpty() && to.get(0) == BsonKeyType.END;
    int direction = direction(equal.size(), sort == null ? NONE : sort);
    if (direction == 0 || unbounded && (sort == null || sort.isEmpty())) {
      return null;
    }
    var first = from.isEmpty() ? null : new KeyValue(from);
    var last = new KeyValue(to);
    return direction > 0
        ? new KeyRange(entries, equal, first, last, false)
        : new KeyRange(entries, equal, last, first, true);
  }

  /** The values of its first fields, as far as the filter gives them. */
  List<Object> equal(Document filter) {
    var equal = new ArrayList<Object>();
    while (equal.size() < fields.size() && isValue(filter.get(fields.get(equal.size())))) {
      equal.add(filter.get(fields.get(equal.size())));
    }
    return equal;
  }

  private static List<Object> bound(List<Object> equal, Document bounds, String op, boolean end) {
    var bound = new ArrayList<>(equal);
    boolean exclusive = isValue(bounds.get(op));
    Object value = exclusive ? bounds.get(op) : bounds.get(op + "e");
    if (isValue(value)) {
      bound.add(value);
    }
    // Between a bound and the same bound with END are the keys that begin with it.
    if (isValue(value) ? exclusive != end : end) {
      bound.add(BsonKeyType.END);
    }
    return bound;
  }

  /** 1 when the entries are in this order, -1 when they are backwards, 0 when neither. */
  private int direction(int equal, Document sort) {
    int direction = 0;
    int next = equal;
    for (var by : sort.entrySet()) {
      if (fields.subList(0, equal).contains(by.getKey())) {
        continue; // the same in all
      }
      if (next == fields.size() || !fields.get(next).equals(by.getKey())) {
        return 0;
      }
      boolean same = getKeys().get(next++).isAscending() == ((Number) by.getValue()).intValue() > 0;
      if (direction == (same ? -1 : 1)) {
        return 0;
      }
      direction = same ? 1 : -1;
    }
    return direction == 0 ? 1 : direction;
  }

  private static boolean isValue(Object value) {
    return value != null
        && !(value instanceof Document)
        && !(value instanceof Collection)
        && !(value instanceof BsonRegularExpression);
  }

  private KeyValue entry(Document document) {
    var entry = new ArrayList<Object>(fields.size() + 1);
    for (var field : fields) {
      Object value = document.get(field);
      if (!isValue(value) || field.contains(".")) {
        return entryOfPaths(document);
      }
      entry.add(value);
    }
    entry.add(document.get("_id"));
    return new KeyValue(entry);
  }

  /** The same of members in members, of what is missing, of arrays. */
  private KeyValue entryOfPaths(Document document) {
    var values = getKeyValues(document);
    if (values.size() != 1) {
      throw new MongoServerError(
          CANNOT_BUILD_INDEX_KEYS, "The embedded MongoDB has no index over arrays: " + getKeys());
    }
    var entry = new ArrayList<Object>();
    values.iterator().next().forEach(entry::add);
    entry.add(document.get("_id"));
    return new KeyValue(entry);
  }

  @Override
  public void checkAdd(Document document, MongoCollection<Object> collection) {
    entry(document);
  }

  @Override
  public void add(Document document, Object position, MongoCollection<Object> collection) {
    entries.put(entry(document), 0L);
  }

  @Override
  public Object remove(Document document) {
    entries.remove(entry(document));
    return null; // the position is the _id index's to say
  }

  @Override
  public void checkUpdate(Document before, Document after, MongoCollection<Object> collection) {
    entry(after);
  }

  @Override
  public void updateInPlace(
      Document before, Document after, Object position, MongoCollection<Object> collection) {
    remove(before);
    add(after, position, collection);
  }

  @Override
  public long getCount() {
    return entries.sizeAsLong();
  }
}
