package courier.erasure;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Whom a record names: by its {@code from} and {@code to} as far as it can be read, and by its key,
 * if that is a conversation's.
 */
final class Named {
  private static final JsonFactory JSON = new JsonFactory();

  private final Set<String> people = new HashSet<>();

  /** Either may be null, or anything. */
  static Set<String> by(byte[] key, byte[] value) {
    Named named = new Named();
    named.read(key, JsonToken.START_ARRAY);
    named.read(value, JsonToken.START_OBJECT);
    return named.people;
  }

  private void read(byte[] bytes, JsonToken start) {
    try (JsonParser json = JSON.createParser(bytes == null ? new byte[0] : bytes)) {
      if (json.nextToken() == start) {
        while (json.nextToken() != null && json.currentToken() != JsonToken.END_ARRAY) {
          boolean isTheirs =
              start == JsonToken.START_ARRAY
                  || "from".equals(json.currentName())
                  || "to".equals(json.currentName());
          if (json.currentToken() == JsonToken.VALUE_STRING && isTheirs) {
            people.add(json.getText());
          }
          json.skipChildren();
        }
      }
    } catch (IOException e) {
      // what came before counts
    }
  }
}
