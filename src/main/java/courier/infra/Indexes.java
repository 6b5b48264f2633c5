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

  /**
   * The keys in the order of the sort, without those the filter excludes: of the index that has the
   * most fields which the filter wants to be equal.
   */
  KeyRange ordered(Document filter, Document sort) {
    KeyRange best = null;
    int most = -1;
    for (var index : all) {
      if (index instanceof OrderedIndex ordered && ordered.equal(filter).size() > most) {
        var range = ordered.range(filter, sort);
        if (range != null) {
          best = range;
          most = ordered.equal(filter).size();
        }
      }
    }
    return best;
  }
}
