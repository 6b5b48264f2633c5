package courier.infra.store;

import de.bwaldvogel.mongo.backend.KeyValue;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The keys of several ranges in their common order, each document once: what one or another
 * alternative of a filter finds. A key is as it would be in the first of the ranges.
 */
record MergedRanges(List<KeyRange> ranges) implements Keys {
  private record Head(KeyValue key, Iterator<KeyValue> rest) {}

  @Override
  public Iterator<KeyValue> after(KeyValue last) {
    var heads = new PriorityQueue<Head>((a, b) -> first().compare(a.key, b.key));
    for (var range : ranges) {
      read(range.after(last == null ? null : range.here(last)), heads);
    }
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return !heads.isEmpty();
      }

      @Override
      public KeyValue next() {
        var key = heads.element().key;
        while (!heads.isEmpty() && first().compare(heads.element().key, key) == 0) {
          read(heads.remove().rest, heads);
        }
        return key;
      }
    };
  }

  private void read(Iterator<KeyValue> keys, PriorityQueue<Head> heads) {
    if (keys.hasNext()) {
      heads.add(new Head(first().here(keys.next()), keys));
    }
  }

  private KeyRange first() {
    return ranges.get(0);
  }
}
