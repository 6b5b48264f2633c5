package courier.infra.store;

import de.bwaldvogel.mongo.backend.AbstractCursor;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.QueryParameters;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A cursor over documents in the order of keys. Between two batches it keeps the last key and
 * nothing else; the next batch sees what was written behind that key.
 */
final class ScanCursor extends AbstractCursor {
  private static final int BATCH_BYTES = 1 << 20;

  private final Keys keys;
  private final Map<KeyValue, byte[]> documents;
  private final Function<Document, Iterable<Document>> select;
  private int skip;
  private int remaining;
  private KeyValue last;
  private boolean exhausted;

  /**
   * @param select gives what the client asked for of a document, nothing if it does not match
   */
  ScanCursor(
      long id,
      Keys keys,
      Map<KeyValue, byte[]> documents,
      QueryParameters query,
      Function<Document, Iterable<Document>> select) {
    super(id);
    this.keys = keys;
    this.documents = documents;
    this.select = select;
    this.skip = query.getNumberToSkip();
    this.remaining = query.getLimit() > 0 ? query.getLimit() : Integer.MAX_VALUE;
  }

  @Override
  public boolean isEmpty() {
    return exhausted;
  }

  /** At most this many documents, at most about a megabyte; 0 sets no number. */
  @Override
  public List<Document> takeDocuments(int wanted) {
    int most = wanted > 0 ? wanted : Integer.MAX_VALUE;
    int bytes = 0;
    var taken = new ArrayList<Document>();
    var left = keys.after(last);
    while (!(exhausted = remaining == 0 || !left.hasNext())
        && taken.size() < most
        && bytes < BATCH_BYTES) {
      last = left.next();
      var bson = documents.get(new KeyValue(last.get(last.size() - 1))); // the _id comes last
      if (bson == null) {
        continue; // deleted since
      }
      for (var document : select.apply(BsonKeyType.decode(bson))) {
        if (skip > 0) {
          skip--;
        } else {
          taken.add(document);
          bytes += bson.length;
          remaining--;
        }
      }
    }
    return taken;
  }
}
