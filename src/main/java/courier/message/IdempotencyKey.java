package courier.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import courier.http.Refusal;
import java.util.regex.Pattern;

/**
 * The header {@code Idempotency-Key}, which becomes a message's id: the same key sent again is the
 * same message. A structured field's string in double quotes, as its draft standard asks, or bare,
 * as many clients send it.
 */
final class IdempotencyKey {
  static final String HEADER = "Idempotency-Key";
  private static final int MAX_LENGTH = 128;
  private static final Pattern QUOTED = Pattern.compile("\"((?:[ !#-\\[\\]-~]|\\\\[\"\\\\])*+)\"");
  private static final Pattern BARE = Pattern.compile("[!#-~][ -~]*+");

  private IdempotencyKey() {}

  /**
   * @param header the header's value, or a list of them if it was sent more than once, or null
   * @return the id the sender gave, in the body or in the header, or null
   */
  static String idOf(ObjectNode sent, Object header) {
    String id = sent.has("id") ? sent.get("id").textValue() : null;
    if (header == null) {
      return id;
    }
    String key = parse(header.toString());
    if (header instanceof Iterable || key == null) {
      throw new Refusal(
          HEADER, "is not one string of printable ASCII: send it once, as in \"a-key\"");
    }
    if (key.isEmpty()) {
      throw new Refusal(HEADER, "is empty: give it a value or leave it out");
    }
    if (key.length() > MAX_LENGTH) {
      throw new Refusal(HEADER, "is longer than " + MAX_LENGTH + " characters: shorten it");
    }
    if (id != null && !id.equals(key)) {
      throw new Refusal(HEADER, "is not the `id` in the body: send one of them, or both alike");
    }
    return key;
  }

  private static String parse(String value) {
    String trimmed = value.strip();
    var quoted = QUOTED.matcher(trimmed);
    if (quoted.matches()) {
      return quoted.group(1).replaceAll("\\\\(.)", "$1");
    }
    return trimmed.isEmpty() || BARE.matcher(trimmed).matches() ? trimmed : null;
  }
}
