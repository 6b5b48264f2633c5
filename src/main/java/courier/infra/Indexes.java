package courier.infra;

import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.bson.Document;
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

  /** The keys in the order of the sort, without those the filter excludes. */
  KeyRange ordered(Document filter, Document sort) {
    for (var index : all) {
      var range = index instanceof OrderedIndex ordered ? ordered.range(filter, sort) : null;
      if (range != null) {
        return range;
      }
    }
    return null;
  }
}
