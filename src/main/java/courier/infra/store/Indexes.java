package courier.infra.store;

import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Finds the index of a collection that a query can use. */
record Indexes(List<Index<Object>> all) {
  /**
   * The documents of a unique index's one key; the server itself wants no other field asked for.
   */
  Iterable<Object> unique(Document filter) {
    for (var index : all) {
      var key = new Document();
      for (var part : index.getKeys()) {
        if (filter.containsKey(part.getKey())) {
          key.put(part.getKey(), filter.get(part.getKey()));
        }
      }
      if (index.isUnique() && index.canHandle(key)) {
        return index.getPositions(key);
      }
    }
    return null;
  }

  /**
   * The keys in the order of the sort, without those the filter excludes: of the index, or of one
   * for each of its alternatives, that has the most fields which the filter wants to be equal.
   */
  Keys ordered(Document filter, Document sort) {
    var best = range(filter, sort);
    for (var alternatives : alternatives(filter)) {
      var ranges = alternatives.stream().map(one -> range(both(filter, one), sort)).toList();
      if (ranges.stream().allMatch(one -> one != null && one.isInOrderOf(ranges.get(0)))
          && (best == null || ranges.get(0).equal().size() > best.equal().size())) {
        return new MergedRanges(ranges);
      }
    }
    return best;
  }

  private KeyRange range(Document filter, Document sort) {
    KeyRange best = null;
    for (var index : all) {
      if (index instanceof OrderedIndex ordered
          && (best == null || ordered.equal(filter).size() > best.equal().size())) {
        var range = ordered.range(filter, sort);
        best = range == null ? best : range;
      }
    }
    return best;
  }

  /** Each {@code $or} of which one has to be true, by itself or beside others. */
  private static List<Collection<Document>> alternatives(Document filter) {
    var alternatives = new ArrayList<Collection<Document>>();
    var or = documents(filter.get("$or"));
    if (!or.isEmpty()) {
      alternatives.add(or);
    }
    documents(filter.get("$and")).forEach(one -> alternatives.addAll(alternatives(one)));
    return alternatives;
  }

  private static Collection<Document> documents(Object value) {
    return value instanceof Collection<?> all && all.stream().allMatch(Document.class::isInstance)
        ? all.stream().map(Document.class::cast).toList()
        : List.of();
  }

  private static Document both(Document filter, Document alternative) {
    var both = new Document(filter);
    both.putAll(alternative);
    return both;
  }
}
