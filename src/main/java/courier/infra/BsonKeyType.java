package courier.infra;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
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
    int order = (ascending ? ValueComparator.asc() : ValueComparator.desc()).compare(a, b);
    // The order for sorting takes different arrays for equal, but a key has to tell them apart.
    return order == 0 && (a instanceof Document || a instanceof Collection)
        ? Arrays.compare(encode(new Document("", a)), encode(new Document("", b)))
        : order;
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
    var document = new Document();
    for (int i = 0; i < key.size(); i++) {
      document.put(Integer.toString(i), key.get(i));
    }
    out.put(encode(document));
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
