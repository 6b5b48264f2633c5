package courier.infra.store;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.BsonConstants;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/** Keys as BSON, in the order MongoDB gives their values and the directions of an index. */
final class BsonKeyType extends BasicDataType<KeyValue> {
  /** Stands behind every value, whatever the direction: where a search begins or ends. */
  static final Object END = new Object();

  private final List<IndexKey> keys;

  BsonKeyType(List<IndexKey> keys) {
    this.keys = keys;
  }

  @Override
  public int compare(KeyValue a, KeyValue b) {
    int size = Math.min(a.size(), b.size());
    for (int i = 0; i < size; i++) {
      boolean ascending = i >= keys.size() || keys.get(i).isAscending();
      int order = compare(a.get(i), b.get(i), ascending);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  /** By what, and in which direction, keys are ordered that begin with so many equal values. */
  String orderFrom(int equal) {
    return keys.subList(equal, keys.size()).toString();
  }

  static int compare(Object a, Object b, boolean ascending) {
    if (a == END || b == END) {
      return Boolean.compare(a == END, b == END);
    }
    if (isPlain(a) && isPlain(b) && a.getClass() == b.getClass()) {
      return ascending ? natural(a, b) : natural(b, a);
    }
    int order = (ascending ? ValueComparator.asc() : ValueComparator.desc()).compare(a, b);
    // The order for sorting takes different arrays for equal, but a key has to tell them apart.
    return order == 0 && (a instanceof Document || a instanceof Collection)
        ? Arrays.compare(encode(new Document("", a)), encode(new Document("", b)))
        : order;
  }

  /** Nearly all there is; what the comparator does for every type costs more than the search. */
  private static boolean isPlain(Object value) {
    return value instanceof String
        || value instanceof Long
        || value instanceof Integer
        || value instanceof Instant;
  }

  @SuppressWarnings("unchecked") // both are of the same plain class
  private static int natural(Object a, Object b) {
    return ((Comparable<Object>) a).compareTo(b);
  }

  static byte[] encode(Document document) {
    ByteBuf buffer = Unpooled.buffer(512);
    BsonEncoder.encodeDocument(document, buffer);
    return Arrays.copyOf(buffer.array(), buffer.readableBytes());
  }

  static Document decode(byte[] bson) {
    return BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bson));
  }

  @Override
  public int getMemory(KeyValue key) {
    int memory = 64;
    for (Object value : key) {
      memory += value instanceof String string ? 56 + string.length() : 40;
    }
    return memory;
  }

  @Override
  public void write(WriteBuffer out, KeyValue key) {
    if (key.size() <= 10 && key.stream().allMatch(BsonKeyType::isPlain)) {
      writePlain(out, key);
      return;
    }
    var document = new Document();
    for (int i = 0; i < key.size(); i++) {
      document.put(Integer.toString(i), key.get(i));
    }
    out.put(encode(document));
  }

  /** As the encoder does, which takes longer for so small documents: each is written many times. */
  private static void writePlain(WriteBuffer out, KeyValue key) {
    int start = out.position();
    out.putInt(0); // its length, when it is known
    for (int i = 0; i < key.size(); i++) {
      writePlain(out, (byte) ('0' + i), key.get(i));
    }
    out.put((byte) 0);
    out.putInt(start, Integer.reverseBytes(out.position() - start));
  }

  private static void writePlain(WriteBuffer out, byte name, Object value) {
    if (value instanceof String string) {
      byte[] text = string.getBytes(StandardCharsets.UTF_8);
      out.put(BsonConstants.TYPE_UTF8_STRING).put(name).put((byte) 0);
      out.putInt(Integer.reverseBytes(text.length + 1)).put(text).put((byte) 0);
    } else if (value instanceof Integer number) {
      out.put(BsonConstants.TYPE_INT32).put(name).put((byte) 0);
      out.putInt(Integer.reverseBytes(number));
    } else if (value instanceof Long number) {
      out.put(BsonConstants.TYPE_INT64).put(name).put((byte) 0);
      out.putLong(Long.reverseBytes(number));
    } else {
      out.put(BsonConstants.TYPE_UTC_DATETIME).put(name).put((byte) 0);
      out.putLong(Long.reverseBytes(((Instant) value).toEpochMilli()));
    }
  }

  @Override
  public KeyValue read(ByteBuffer in) {
    ByteBuf buffer = Unpooled.wrappedBuffer(in);
    var key = new KeyValue(BsonDecoder.decodeBson(buffer).values());
    in.position(in.position() + buffer.readerIndex());
    return key;
  }

  @Override
  public KeyValue[] createStorage(int size) {
    return new KeyValue[size];
  }
}
