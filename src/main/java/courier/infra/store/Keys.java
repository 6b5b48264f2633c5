package courier.infra.store;

import de.bwaldvogel.mongo.backend.KeyValue;
import java.util.Iterator;

/** Keys in an order; the last value of each is the _id of its document. */
interface Keys {
  /** The keys behind this one, all of them if it is null, as they are now. */
  Iterator<KeyValue> after(KeyValue last);
}
