package courier.infra;

import de.bwaldvogel.mongo.backend.KeyValue;
import java.util.Iterator;
import org.h2.mvstore.MVMap;

/** Keys of a map from one to another, both included; null is the end of the map. */
record KeyRange(MVMap<KeyValue, ?> map, KeyValue from, KeyValue to, boolean reverse) {
  /** The keys behind this one, all of them if it is null, as they are now. */
  Iterator<KeyValue> after(KeyValue last) {
    var keys = map.cursor(last == null ? from : last, to, reverse);
    if (last != null && keys.hasNext() && map.getKeyType().compare(keys.next(), last) != 0) {
      return map.cursor(keys.getKey(), to, reverse);
    }
    return keys;
  }
}
