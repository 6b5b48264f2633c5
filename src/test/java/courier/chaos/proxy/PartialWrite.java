package courier.chaos.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/**
 * A write some documents of which never reach the server. The answer says which and why; an ordered
 * write ends at the first of them.
 */
final class PartialWrite {
  private final WireMessage message;

  /** Of what reaches the server, which document of the write it is. */
  private final List<Integer> indexes = new ArrayList<>();

  private final Map<Integer, Integer> failed = new TreeMap<>();
  private final WireMessage rest;

  /**
   * @param fault the error code of the next document, 0 when it is to be written
   */
  PartialWrite(WireMessage message, IntSupplier fault) {
    this.message = message;
    List<RawBsonDocument> all = message.list();
    List<RawBsonDocument> passed = new ArrayList<>();
    boolean ordered =
        !message.body().containsKey("ordered") || message.body().getBoolean("ordered").getValue();
    for (int i = 0; i < all.size() && !(ordered && !failed.isEmpty()); i++) {
      int code = fault.getAsInt();
      if (code != 0) {
        failed.put(i, code);
      } else {
        passed.add(all.get(i));
        indexes.add(i);
      }
    }
    rest = failed.isEmpty() ? message : message.withList(passed);
  }

  /** Nothing is left of it. */
  boolean isNothing() {
    return indexes.isEmpty() && !failed.isEmpty();
  }

  /** What reaches the server. */
  WireMessage rest() {
    return rest;
  }

  /** The server's answer to the rest, made one to the whole. */
  WireMessage answer(BsonDocument answer) {
    BsonDocument whole = new BsonDocument();
    answer.forEach(whole::append);
    BsonArray errors = new BsonArray();
    for (BsonValue error : answer.getArray("writeErrors", new BsonArray())) {
      errors.add(placed(error.asDocument()));
    }
    failed.forEach((index, code) -> errors.add(error(index, code)));
    if (!errors.isEmpty()) {
      whole.append("writeErrors", errors);
    }
    if (answer.containsKey("upserted")) {
      BsonArray upserted = new BsonArray();
      answer.getArray("upserted").forEach(each -> upserted.add(placed(each.asDocument())));
      whole.append("upserted", upserted);
    }
    return WireMessage.answer(message.id(), whole);
  }

  private BsonDocument placed(BsonDocument each) {
    BsonDocument placed = new BsonDocument();
    each.forEach(placed::append);
    return placed.append("index", new BsonInt32(indexes.get(each.getInt32("index").getValue())));
  }

  private static BsonDocument error(int index, int code) {
    return new BsonDocument("index", new BsonInt32(index))
        .append("code", new BsonInt32(code))
        .append("errmsg", new BsonString("the primary went away in the middle of it"));
  }
}
