package courier.infra.store;

import de.bwaldvogel.mongo.backend.KeyValue;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.h2.mvstore.MVMap;

/**
 * Keys of a map from one to another, both included; null is the end of the map.
 *
 * @param equal the values with which all of them begin
 */
record KeyRange(
    MVMap<KeyValue, ?> map, List<Object> equal, KeyValue from, KeyValue to, boolean reverse)
    implements Keys {
  @Override
  public Iterator<KeyValue> after(KeyValue last) {
    var keys = map.cursor(last == null ? from : last, to, reverse);
    if (last != null && keys.hasNext() && map.getKeyType().compare(keys.next(), last) != 0) {
      return map.cursor(keys.getKey(), to, reverse);
    }
    return keys;
  }

  /** Whether what follows on the equal values is in the same order in both. */
  boolean isInOrderOf(KeyRange other) {
    return equal.size() == other.equal.size()
        && reverse == other.reverse
        && order().equals(other.order());
  }

  private String order() {
    return ((BsonKeyType) map.getKeyType()).orderFrom(equal.size());
  }

  /** The key of another such range as it would be in this one. */
  KeyValue here(KeyValue key) {
    var values = new ArrayList<>(equal);
    key.stream().skip(equal.size()).forEach(values::add);
    return new KeyValue(values);
  }

  int compare(KeyValue one, KeyValue other) {
    int order = map.getKeyType().compare(one, other);
    return reverse ? -order : order;
  }
}
