package courier.deadletter.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultMessage;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class LetterSizeTest {
  private static final byte[] FEW = {1, 2, 3};

  @Test
  void aTextIsCutBetweenCharacters() {
    assertArrayEquals("grün".getBytes(UTF_8), LetterSize.text("grün"));
    String cut = new String(LetterSize.text("x" + "👋".repeat(5_000)), UTF_8);
    assertEquals("x" + "👋".repeat(LetterSize.LONGEST_TEXT / 4 - 1), cut);
  }

  @Test
  void keepsAKeyAndHeadersThatAreFew() {
    Headers headers =
        new RecordHeaders()
            .add("trace", FEW)
            .add("dead-letter-original-topic", FEW)
            .add("dead-letter-message", FEW);

    Message cut = LetterSize.cut(letter(FEW, headers, new byte[1_000]));

    assertArrayEquals(FEW, cut.getHeader(KafkaConstants.KEY, byte[].class));
    assertEquals(
        List.of(
            "trace",
            "dead-letter-original-topic",
            "dead-letter-message",
            "dead-letter-value-omitted"),
        names(cut));
    assertNull(cut.getBody(OriginalRecord.class).value());
  }

  @Test
  void leavesOutAKeyAndHeadersThatAreNotAndWhatLooksLikeCouriersOwn() {
    Headers headers = new RecordHeaders();
    for (int i = 0; i < 100_000; i++) {
      headers.add("dead-letter-" + i, FEW);
    }
    headers.add("dead-letter-step", new byte[1024 * 1024]);
    headers.add("dead-letter-original-topic", FEW);
    headers.add("dead-letter-message", FEW);

    Message cut = LetterSize.cut(letter(new byte[1024 * 1024], headers, null));

    assertNull(cut.getHeader(KafkaConstants.KEY));
    assertEquals(
        List.of(
            "dead-letter-original-topic",
            "dead-letter-message",
            "dead-letter-headers-omitted",
            "dead-letter-key-omitted"),
        names(cut));
    assertEquals("100001", text(cut, "dead-letter-headers-omitted"));
    assertEquals("1048576", text(cut, "dead-letter-key-omitted"));
  }

  @Test
  void isAskedForBeforeTheProducerRefusesIt() {
    Headers headers = new RecordHeaders();
    assertTrue(LetterSize.isTooLarge(letter(FEW, headers, new byte[64 * 1024 * 1024])));
  }

  private static Message letter(byte[] key, Headers headers, byte[] value) {
    Message letter = new DefaultMessage(new DefaultCamelContext());
    letter.setHeader(KafkaConstants.KEY, key);
    letter.setBody(new OriginalRecord(value, headers));
    return letter;
  }

  private static List<String> names(Message letter) {
    return Arrays.stream(letter.getBody(OriginalRecord.class).headers().toArray())
        .map(Header::key)
        .toList();
  }

  private static String text(Message letter, String name) {
    Headers headers = letter.getBody(OriginalRecord.class).headers();
    return new String(headers.lastHeader(name).value(), UTF_8);
  }
}
