package courier.infra.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.h2.mvstore.WriteBuffer;
import org.junit.jupiter.api.Test;

class BsonKeyTypeTest {
  private static final List<Object> VALUES =
      Arrays.asList(
          "",
          "anna",
          "bert",
          "\u00e9\ud83d\ude00",
          0,
          -7,
          Integer.MAX_VALUE,
          5L,
          Long.MIN_VALUE,
          (1L << 53) + 1,
          1.5,
          Instant.EPOCH,
          Instant.ofEpochMilli(-1),
          true,
          null,
          new Document("a", 1));

  private final BsonKeyType type = new BsonKeyType(List.of());

  private byte[] written(KeyValue key) {
    WriteBuffer out = new WriteBuffer();
    out.put((byte) 1); // it need not be the first thing in a page
    type.write(out, key);
    return Arrays.copyOfRange(out.getBuffer().array(), 1, out.position());
  }

  private static byte[] encoded(KeyValue key) {
    Document document = new Document();
    key.forEach(value -> document.put(String.valueOf(document.size()), value));
    return BsonKeyType.encode(document);
  }

  @Test
  void writesWhatTheEncoderOfAllTypesWould() {
    for (Object first : VALUES) {
      for (Object second : VALUES) {
        KeyValue key = new KeyValue(Arrays.asList(first, second));
        assertArrayEquals(encoded(key), written(key), key::toString);
        assertEquals(key, type.read(ByteBuffer.wrap(written(key))));
      }
    }
  }

  @Test
  void writesMoreMembersThanADigitNames() {
    List<Object> many = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      many.add("value " + i);
      KeyValue key = new KeyValue(many);
      assertArrayEquals(encoded(key), written(key), key::toString);
    }
  }

  @Test
  void ordersPlainValuesAsTheComparatorOfAllTypesDoes() {
    for (Object a : VALUES) {
      for (Object b : VALUES) {
        int order = Integer.signum(ValueComparator.asc().compare(a, b));
        assertEquals(order, Integer.signum(BsonKeyType.compare(a, b, true)), a + " to " + b);
        int reversed = Integer.signum(ValueComparator.desc().compare(a, b));
        assertEquals(reversed, Integer.signum(BsonKeyType.compare(a, b, false)), a + " to " + b);
      }
    }
  }
}
