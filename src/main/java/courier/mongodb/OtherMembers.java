package courier.mongodb;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;

/**
 * The members of a message that mean nothing to Courier, in its document: each under its own name,
 * for other programs, and those of which that does not say all once more in the field {@code
 * asSent}, as JSON text. Such are numbers that MongoDB has no type for, names that begin with $,
 * and the names that are Courier's own.
 */
public final class OtherMembers {
  /** The field with the JSON text. */
  static final String AS_SENT = "asSent";

  /** What Courier itself says in a message's document, beside the message. */
  public static final Set<String> TAKEN = Set.of("_id", "partition", "offset", "topicId", AS_SENT);

  /** MongoDB takes 100 levels, of which the document itself is one. */
  private static final int DEEPEST = 90;

  private OtherMembers() {}

  /** Adds them to a document. */
  public static void put(Map<String, Object> others, Document document) {
    Map<String, Object> asSent = new LinkedHashMap<>();
    others.forEach(
        (name, value) -> {
          boolean fits = fits(value, DEEPEST);
          if (TAKEN.contains(name) || !fits || !isTheSame(value)) {
            asSent.put(name, value);
          }
          if (!TAKEN.contains(name) && fits) {
            document.append(name, nearest(value));
          }
        });
    if (!asSent.isEmpty()) {
      document.append(AS_SENT, new String(StoredJson.of(asSent), StandardCharsets.UTF_8));
    }
  }

  /** A document as it is to be shown: what was sent instead of what is next to it. */
  static Map<String, Object> shown(Document stored) {
    if (!(stored.get(AS_SENT) instanceof String json)) {
      return stored;
    }
    try {
      Map<String, Object> shown = new LinkedHashMap<>(stored);
      Map<String, Object> asSent = JsonAsSent.read(json);
      shown.remove(AS_SENT);
      Map<String, Object> taken = new LinkedHashMap<>();
      asSent.forEach((name, value) -> (TAKEN.contains(name) ? taken : shown).put(name, value));
      if (!taken.isEmpty()) {
        shown.put(AS_SENT, taken);
      }
      return shown;
    } catch (JsonProcessingException | NullPointerException e) {
      return stored; // a sender's own, of before there was this
    }
  }

  /** Of names that begin with $, what servers and drivers make differs. */
  private static boolean fits(Object value, int levels) {
    if (value instanceof Map<?, ?> map) {
      return levels > 0
          && map.keySet().stream().noneMatch(name -> ((String) name).startsWith("$"))
          && map.values().stream().allMatch(each -> fits(each, levels - 1));
    }
    return !(value instanceof List<?> list)
        || levels > 0 && list.stream().allMatch(each -> fits(each, levels - 1));
  }

  private static boolean isTheSame(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.values().stream().allMatch(OtherMembers::isTheSame);
    }
    if (value instanceof List<?> list) {
      return list.stream().allMatch(OtherMembers::isTheSame);
    }
    return !(value instanceof NumberAsSent);
  }

  private static Object nearest(Object value) {
    if (value instanceof Map<?, ?> map) {
      Document document = new Document();
      map.forEach((name, each) -> document.append((String) name, nearest(each)));
      return document;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(OtherMembers::nearest).collect(Collectors.toList());
    }
    return value instanceof NumberAsSent number ? number.nearest() : value;
  }
}
