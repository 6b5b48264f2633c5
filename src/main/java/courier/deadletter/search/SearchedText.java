package courier.deadletter.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;
import org.bson.Document;
import org.bson.types.Binary;

/**
 * A text that is looked for, in capitals or not. Bytes are read as UTF-8, and of a value no more
 * than its first MiB; what JSON has escaped is looked for as it is written there.
 */
record SearchedText(String lower) {
  private static final int MOST_BYTES = 1 << 20;

  /** Where it is looked for, beside headers and notes. */
  private static final List<String> TEXTS = List.of("message", "exception", "messageId", "sender");

  private static final List<String> BYTES = List.of("key", "value", "edited");

  static SearchedText of(String text) {
    return new SearchedText(text.toLowerCase(Locale.ROOT));
  }

  boolean isIn(Document letter) {
    return TEXTS.stream().anyMatch(member -> isIn(letter.get(member)))
        || letter.getList("notes", Document.class, List.of()).stream()
            .anyMatch(note -> isIn(note.get("text")))
        || letter.getList("headers", Document.class, List.of()).stream()
            .anyMatch(header -> isIn(header.get("key")) || isIn(header.get("value")))
        || BYTES.stream().anyMatch(member -> isIn(letter.get(member)));
  }

  private boolean isIn(Object stored) {
    if (stored instanceof Binary binary) {
      byte[] bytes = binary.getData();
      return contains(new String(bytes, 0, Math.min(bytes.length, MOST_BYTES), UTF_8));
    }
    return stored instanceof String text && contains(text);
  }

  private boolean contains(String text) {
    return text.toLowerCase(Locale.ROOT).contains(lower);
  }
}
